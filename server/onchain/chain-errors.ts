import { inBothLanguages } from '#server/contract/chain-words.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainConfiguration } from './chains.ts';
import { RpcError } from './rpc-fault.ts';

/** Names the field of a tool's input that must change. */
export function toInputError(path: string, message: LocalizedText): HubError {
  return new HubError('validation_failed', message, { errors: [{ path, message }] });
}

/** What is told of a failed read. A node's own words stay in the cause: they may hold its address or a key. */
export function toChainError(thrown: unknown, chain: ChainConfiguration): HubError {
  const known = findCause(thrown, (error) => error instanceof HubError);
  if (known !== null) return known;
  const refusal = findCause(thrown, (error) => error instanceof RpcError);
  return new HubError('unavailable', toWords(refusal, chain), { cause: thrown });
}

function toWords(refusal: RpcError | null, { name }: ChainConfiguration): LocalizedText {
  if (refusal?.isTooWide === true) {
    return inBothLanguages(`The RPCs of ${name} do not give that much at once. Ask for fewer blocks.`);
  }
  if (refusal?.isUnknownBlock === true) {
    return inBothLanguages(`No RPC of ${name} knows that block yet. Try again in a moment.`);
  }
  if (refusal?.isPruned === true) {
    return inBothLanguages(
      `No RPC of ${name} keeps the state of that block. Ask for a later one, or an administrator adds an archive node under Chains.`,
    );
  }
  if (refusal?.code === -32_601) {
    return inBothLanguages(`No RPC of ${name} can do what was asked. An administrator can add another under Chains.`);
  }
  return inBothLanguages(
    `The RPCs of ${name} did not do what was asked. Try again; an administrator can add another under Chains.`,
  );
}

/** Whether a contract answered otherwise than was expected, while the chain could be read. */
export function isContractFailure(thrown: unknown): boolean {
  const names = [
    'ContractFunctionZeroDataError',
    'ContractFunctionRevertedError',
    'AbiDecodingDataSizeTooSmallError',
    'AbiDecodingZeroDataError',
    'RawContractError',
  ];
  return findCause(thrown, (error): error is Error => error instanceof Error && names.includes(error.name)) !== null;
}

/** A contract's refusal of a call; null: it failed for another reason. */
export function findRefusal(thrown: unknown): RpcError | null {
  const refusal = findCause(thrown, (error) => error instanceof RpcError);
  return refusal?.isFinal === true ? refusal : null;
}

/** Whether more was asked for than a node gives at once. */
export function isTooWide(thrown: unknown): boolean {
  return findCause(thrown, (error) => error instanceof RpcError)?.isTooWide === true;
}

/** How many blocks a node gives at once, where its refusal says so. */
export function findAllowedWidth(thrown: unknown): bigint | null {
  const width = findCause(thrown, (error) => error instanceof RpcError)?.allowedWidth ?? null;
  return width === null ? null : BigInt(width);
}

/** How many blocks a node ever gives at once, where its refusal says so. */
export function findWidestRange(thrown: unknown): number | null {
  return findCause(thrown, (error) => error instanceof RpcError)?.widestRange ?? null;
}

/** Whether the chain could not be read, which says nothing about what was looked for. */
export function isChainFailure(thrown: unknown): boolean {
  return (
    findCause(thrown, (error) => error instanceof HubError) !== null ||
    findCause(thrown, (error) => error instanceof RpcError)?.isFinal === false
  );
}

/** Whether the nodes no longer have the state of a block. */
export function isPruned(thrown: unknown): boolean {
  return findCause(thrown, (error) => error instanceof RpcError)?.isPruned === true;
}

/** Null for what a contract does not answer; a chain that cannot be read is no such answer. */
export function toNothing(thrown: unknown): null {
  if (isChainFailure(thrown)) throw thrown;
  return null;
}

function findCause<Found extends Error>(thrown: unknown, isWanted: (error: unknown) => error is Found): Found | null {
  let error: unknown = thrown;
  for (let depth = 0; depth < 10 && error instanceof Error; depth += 1) {
    if (isWanted(error)) return error;
    error = error.cause;
  }
  return null;
}
