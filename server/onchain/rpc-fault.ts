import { findStatedWidth, findSuggestedWidth, type Refusal, readRefusal } from './read-refusal.ts';

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
  /** What it answered all the same to calls of the same batch, in their order. */
  readonly answered: readonly (RpcAnswer | null)[];

  constructor(
    kind: RpcFaultKind,
    message: string,
    {
      retryAfterMs = null,
      answered = [],
      cause,
    }: { retryAfterMs?: number | null; answered?: readonly (RpcAnswer | null)[]; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RpcFault';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.answered = answered;
  }
}

/** An answer that is an error of JSON-RPC: the endpoint works, but not for this call. */
export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;
  readonly refusal: Refusal;

  constructor({ code, message, data }: { code: number; message: string; data?: unknown }, refusal?: Refusal) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.data = data;
    this.refusal = refusal ?? readRefusal({ code, message });
  }

  /** Every node would answer the same: the call itself is wrong, or the contract refuses it. */
  get isFinal(): boolean {
    return this.refusal === 'final';
  }

  /** More was asked for than the node gives at once. */
  get isTooWide(): boolean {
    return this.refusal === 'too-wide';
  }

  /** How many blocks it gives at once, whatever is in them; null: it does not say, or does not limit that. */
  get widestRange(): number | null {
    return this.isTooWide ? findStatedWidth(this.message) : null;
  }

  /** How many of the blocks that were asked for would do; null: it does not say. */
  get allowedWidth(): number | null {
    return this.isTooWide ? (findStatedWidth(this.message) ?? findSuggestedWidth(this.message)) : null;
  }

  /** The node has not seen that block yet. */
  get isUnknownBlock(): boolean {
    return this.refusal === 'unknown-block';
  }

  /** The state of that block is not kept, which needs an archive node. */
  get isPruned(): boolean {
    return this.refusal === 'pruned';
  }
}
