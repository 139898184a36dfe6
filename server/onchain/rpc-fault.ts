/** A call as JSON-RPC has it. */
export type RpcCall = { method: string; params: readonly unknown[] };

/** What an endpoint answered to one call. */
export type RpcAnswer = { result: unknown } | { error: RpcError };

export type RpcFaultKind =
  | 'rate-limited'
  | 'refused'
  | 'server-error'
  | 'time-out'
  | 'unreachable'
  | 'not-allowed'
  | 'not-json'
  | 'cut-json'
  | 'too-large'
  | 'wrong-chain'
  | 'behind';

/** An endpoint that could not be used. The message says so in words for people, and never holds its address. */
export class RpcFault extends Error {
  readonly kind: RpcFaultKind;
  /** How long the endpoint asked to be left alone. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: RpcFaultKind,
    message: string,
    { retryAfterMs = null, cause }: { retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RpcFault';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that is an error of JSON-RPC: the endpoint works, but not for this call. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor({ code, message, data }: { code: number; message: string; data?: unknown }) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
  }

  /** Every node would answer the same: the call itself is wrong, or the contract refuses it. */
  get isFinal(): boolean {
    return (
      this.code === 3 ||
      ([-32_602, -32_015].includes(this.code) && !this.isPruned) ||
      /revert|invalid opcode|out of gas|stack (?:under|over)flow|bad instruction/i.test(this.message) ||
      this.isTooWide
    );
  }

  /** More was asked for than a node gives at once. */
  get isTooWide(): boolean {
    if (this.isPruned) return false;
    return /(?:block )?range|more than \d+ (?:results|logs)|too many (?:results|logs)|response size/i.test(
      this.message,
    );
  }

  /** The node has not seen that block yet. */
  get isUnknownBlock(): boolean {
    return /header not found|unknown block|block not found/i.test(this.message);
  }

  /** The state of that block is not kept, which needs an archive node. */
  get isPruned(): boolean {
    return /missing trie node|pruned|historical state|state .*not available|archive|BlockOutOfRange/i.test(
      this.message,
    );
  }

  get isRateLimit(): boolean {
    return (
      [429, -32_007].includes(this.code) ||
      (!this.isTooWide && (this.code === -32_005 || /rate.?limit|too many requests/i.test(this.message)))
    );
  }
}
