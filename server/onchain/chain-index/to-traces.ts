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

/** The calls of a block as every node's method tells them; both names of a failure and what one leaves out are made one. */
export function toTraces(method: TraceMethod, answer: unknown, header: RawHeader): RawTrace[] {
  if (!Array.isArray(answer)) throw new UnreadableBlock('no traces');
  const told = method === 'trace_block' ? (answer as RawTrace[]) : toFlatBlock(answer as TracedTransaction[], header);
  return withoutPrecompiles(told.map(toCommon));
}

/**
 * `debug_traceBlockByNumber` names no block: its transactions show that it is the same one.
 *
 * @throws {UnreadableBlock} when it is of another block
 */
function toFlatBlock(traced: TracedTransaction[], header: RawHeader): RawTrace[] {
  const hashes = header.transactions.map((one) => (typeof one === 'string' ? one : one.hash));
  const named = traced.map(({ txHash }, place) => txHash ?? hashes[place] ?? null);
  const skipped = header.transactions.filter((one, place) => !named.includes(hashes[place] ?? '') && !isOfChain(one));
  if (skipped.length > 0 || named.some((hash) => hash === null || !hashes.includes(hash)))
    throw new UnreadableBlock(`traces of another block than ${Number(header.number)}`, true);
  return traced.flatMap(({ result }, place) => {
    const hash = named[place] ?? '';
    // What the node gave up on has no result.
    return result ? toFlat(result, [], { transactionHash: hash, transactionPosition: hashes.indexOf(hash) }) : [];
  });
}

/** Polygon puts what it takes over from Ethereum into blocks as a transaction of nobody's, which is not traced. */
const isOfChain = (one: RawHeader['transactions'][number]): boolean =>
  typeof one !== 'string' && /^0x0{40}$/.test(one.from) && Number(one.gas) === 0;

type Of = Pick<RawTrace, 'transactionHash' | 'transactionPosition'>;

function toFlat(frame: CallFrame, traceAddress: number[], of: Of): RawTrace[] {
  const { calls = [] } = frame;
  const own: RawTrace = { ...toAction(frame), ...of, subtraces: calls.length, traceAddress };
  if (traceAddress.length === 0) {
    // `callTracer` counts here what a transaction costs before it runs, or all that the block used so far.
    delete own.action.gas;
    delete own.result?.gasUsed;
  }
  return [own, ...calls.flatMap((call, place) => toFlat(call, [...traceAddress, place], of))];
}

function toAction(frame: CallFrame): Pick<RawTrace, 'type' | 'action' | 'result' | 'error'> {
  const { from, to, value = '0x0', gas, gasUsed, input, output = '0x', error } = frame;
  const failed = error === undefined ? {} : { error };
  switch (frame.type) {
    case 'SELFDESTRUCT':
      return { type: 'suicide', action: { address: from, refundAddress: to, balance: value } };
    case 'CREATE':
    case 'CREATE2': {
      const result = { address: to, gasUsed, code: output };
      return { type: 'create', action: { from, value, gas, init: input }, result, ...failed };
    }
    default: {
      const callType = frame.type.toLowerCase();
      return {
        type: 'call',
        action: { callType, from, to, value, gas, input },
        result: { gasUsed, output },
        ...failed,
      };
    }
  }
}

/** Words of Geth for failures, and those of `trace_block`. */
const failureWords: readonly [RegExp, string][] = [
  [/revert/i, 'Reverted'],
  [/out of gas/i, 'Out of gas'],
  [/invalid opcode|bad instruction/i, 'Bad instruction'],
  [/invalid jump|bad jump/i, 'Bad jump destination'],
  [/stack underflow/i, 'Stack underflow'],
  [/stack (?:limit|overflow)|out of stack/i, 'Out of stack'],
  [/write protection|mutable call/i, 'Mutable Call In Static Context'],
];

/** What failed made nothing and says nothing, whether or not the node tells what it would have been. */
function toCommon(trace: RawTrace): RawTrace {
  const { error, result } = trace;
  if (error === undefined) return trace;
  const known = failureWords.find(([words]) => words.test(error))?.[1];
  const gasUsed = result?.gasUsed;
  return { ...trace, error: known ?? error, result: gasUsed === undefined ? null : { gasUsed } };
}

const highestPrecompile = 0x1ffn;

const isPrecompile = ({ type, action: { to, value }, traceAddress, subtraces }: RawTrace): boolean =>
  type === 'call' &&
  traceAddress.length > 0 &&
  subtraces === 0 &&
  to !== undefined &&
  BigInt(to) <= highestPrecompile &&
  BigInt(value ?? '0x0') === 0n;

/** Most nodes leave out calls of precompiled contracts that move nothing, `callTracer` and some others do not. */
function withoutPrecompiles(traces: RawTrace[]): RawTrace[] {
  const placeOf = ({ transactionHash }: RawTrace, address: number[]) => `${transactionHash} ${address.join()}`;
  const left = new Map<string, number[]>();
  for (const trace of traces.filter(isPrecompile)) {
    const parent = placeOf(trace, trace.traceAddress.slice(0, -1));
    left.set(parent, [...(left.get(parent) ?? []), trace.traceAddress.at(-1) ?? 0]);
  }
  if (left.size === 0) return traces;
  const before = (trace: RawTrace, parent: number[], place: number) =>
    (left.get(placeOf(trace, parent)) ?? []).filter((one) => one < place).length;
  return traces
    .filter((trace) => !isPrecompile(trace))
    .map((trace) => ({
      ...trace,
      subtraces: trace.subtraces - before(trace, trace.traceAddress, Infinity),
      traceAddress: trace.traceAddress.map(
        (place, depth) => place - before(trace, trace.traceAddress.slice(0, depth), place),
      ),
    }));
}
