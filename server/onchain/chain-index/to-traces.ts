import { type RawHeader, type RawTrace, UnreadableBlock } from './raw-block.ts';

/** A call as Geth's `callTracer` tells it, with those that it made. */
type CallFrame = {
  type: string;
  from?: string;
  to?: string;
  value?: string;
  gas?: string;
  gasUsed?: string;
  input?: string;
  output?: string;
  error?: string;
  calls?: CallFrame[];
};
type TracedTransaction = { txHash?: string; result?: CallFrame | null };

/** What nodes are asked for calls within transactions, the usual one first; a chain's nodes rarely have both. */
export const traceMethods = {
  trace_block: (number: string) => [number],
  debug_traceBlockByNumber: (number: string) => [number, { tracer: 'callTracer' }],
};
export type TraceMethod = keyof typeof traceMethods;

/**
 * The calls of a block in the form of `trace_block`, whichever method told them.
 *
 * `debug_traceBlockByNumber` names no block: its transactions show that it is the same one.
 *
 * @throws {UnreadableBlock} when it is no list, or of another block
 */
export function toTraces(method: TraceMethod, answer: unknown, header: RawHeader): RawTrace[] {
  if (!Array.isArray(answer)) throw new UnreadableBlock('no traces');
  if (method === 'trace_block') return answer as RawTrace[];
  const traced = answer as TracedTransaction[];
  const hashes = header.transactions.map((one) => (typeof one === 'string' ? one : one.hash));
  if (
    traced.length !== hashes.length ||
    traced.some(({ txHash }, place) => (txHash ?? hashes[place]) !== hashes[place])
  )
    throw new UnreadableBlock(`traces of another block than ${Number(header.number)}`, true);
  return traced.flatMap(({ result }, place) =>
    // What the node gave up on has no result.
    result ? toFlat(result, [], { transactionHash: hashes[place] ?? null, transactionPosition: place }) : [],
  );
}

type Of = Pick<RawTrace, 'transactionHash' | 'transactionPosition'>;

function toFlat(frame: CallFrame, traceAddress: number[], of: Of): RawTrace[] {
  const { calls = [] } = frame;
  const own: RawTrace = { ...toAction(frame), ...of, subtraces: calls.length, traceAddress };
  return [own, ...calls.flatMap((call, place) => toFlat(call, [...traceAddress, place], of))];
}

function toAction(frame: CallFrame): Pick<RawTrace, 'type' | 'action' | 'result' | 'error'> {
  const { from, to, value = '0x0', gas, gasUsed, input, output, error } = frame;
  const failed = error === undefined ? {} : { error };
  switch (frame.type) {
    case 'SELFDESTRUCT':
      return { type: 'suicide', action: { address: from, refundAddress: to, balance: value } };
    case 'CREATE':
    case 'CREATE2': {
      const result = error === undefined ? { address: to, gasUsed, code: output } : null;
      return { type: 'create', action: { from, value, gas, init: input }, result, ...failed };
    }
    default: {
      const result = error === undefined ? { gasUsed, output } : null;
      return {
        type: 'call',
        action: { callType: frame.type.toLowerCase(), from, to, value, gas, input },
        result,
        ...failed,
      };
    }
  }
}
