import type { ChainReader } from '#server/contract/chain-readings.ts';
import { HubError } from '#server/hub-error.ts';
import type { ChainParameter } from './chain-parameter.ts';

const usual = 'ethereum';
/** The hub's own chain is started by who reads it, so it is asked last. */
const ownChain = 'devnet';

/** The chain of what stands on one chain alone: it may be left out. */
export const chainOfIt = (chain: ChainParameter) =>
  chain.removeDefault().optional().describe('The chain. Left out: the one on which it is found.');

/**
 * Reads from the chain that is named; where none is, from Ethereum, then from the others at once, then from the devnet: the
 * first that has it.
 *
 * @throws {HubError} what the first chain said, when none has it
 */
export async function readWhereItIs<Result>(
  { reader, chain, signal }: { reader: ChainReader; chain: string | undefined; signal: AbortSignal },
  read: (chain: string) => Promise<Result>,
): Promise<Result> {
  if (chain !== undefined) return await read(chain);
  const slugs = reader.chains().map(({ slug }) => slug);
  const first = slugs.includes(usual) ? usual : (slugs[0] ?? usual);
  let failure: unknown;
  try {
    return await read(first);
  } catch (thrown) {
    if (!(thrown instanceof HubError) || thrown.code === 'validation_failed') throw thrown;
    failure = thrown;
  }
  const others = slugs.filter((slug) => slug !== first && slug !== ownChain);
  const answers = await Promise.allSettled(others.map(read));
  signal.throwIfAborted();
  const found = answers.find((answer) => answer.status === 'fulfilled');
  if (found !== undefined) return found.value;
  if (!slugs.includes(ownChain) || first === ownChain) throw failure;
  try {
    return await read(ownChain);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof HubError) throw failure;
    throw thrown;
  }
}
