import { HubError } from '#server/hub-error.ts';
import type { ChainConfiguration } from './chains.ts';

/** Names the field of a tool's input that must change. */
export function toInputError(path: string, message: string): HubError {
  return new HubError('validation_failed', message, { errors: [{ path, message }] });
}

/**
 * What is told of a failed RPC. The provider's own words stay in the cause: they hold the address, and that may hold a key.
 */
export function toChainError(thrown: unknown, chain: ChainConfiguration): HubError {
  const known = findHubError(thrown);
  if (known !== null) return known;
  return new HubError(
    'unavailable',
    `No RPC of ${chain.name} gave an answer. Try again; an administrator can set another in HUB_RPC_URLS.`,
    { cause: thrown },
  );
}

function findHubError(thrown: unknown): HubError | null {
  let error: unknown = thrown;
  for (let depth = 0; depth < 10 && error instanceof Error; depth += 1) {
    if (error instanceof HubError) return error;
    error = error.cause;
  }
  return null;
}
