import { z } from 'zod';
import { ToolCall } from '#server/contract/tool.ts';
import { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { request } from '#web/lib/api-client.ts';

const Failure = z.object({ error: z.string() });

/**
 * Tries the same transaction on the chain as it is now. Only what was tried and what it would cost can be another.
 *
 * @throws {Error} with what the hub says of why it could not
 */
export async function simulateAgain(
  { transaction, network, simulation, walletLink }: TransactionProposal,
  signal: AbortSignal,
): Promise<TransactionProposal> {
  const { from, to, data, chainId, value } = transaction;
  const input = {
    chain: network.slug,
    from,
    to,
    amount: simulation.value.formatted,
    ...(data === '0x' ? {} : { data }),
  };
  const body = { tool: 'propose-transaction', input };
  const call = await request({ path: '/api/tools/call', method: 'POST', body, schema: ToolCall, signal });
  if (call.isError) throw new Error(Failure.parse(call.output).error);
  const made = call.artifacts.find((artifact) => artifact.kind === 'transaction');
  const next = TransactionProposal.parse(made?.proposal);
  const same = { ...next.transaction, gas: null };
  if (JSON.stringify(same) !== JSON.stringify({ chainId, from, to, value, data, gas: null }))
    throw new Error('The hub answered with another transaction.');
  // By its bytes alone, a call of an ABI that was pasted is not known any more.
  const isKnown = next.simulation.call === null || !next.simulation.call.name.includes('unknown function');
  return isKnown
    ? next
    : { ...next, walletLink, simulation: { ...next.simulation, call: simulation.call, results: simulation.results } };
}
