import { z } from 'zod';
import { ToolCall } from '#server/contract/tool.ts';
import { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { request } from '#web/lib/api-client.ts';

const Failure = z.object({ error: z.string() });

/** What came of it, or why nothing did, in the hub's words; null where the hub answered with something else. */
export type SimulatedAgain = { proposal: TransactionProposal } | { failure: string | null };

/** Tries the same transaction on the chain as it is now. Only what was tried and what it would cost can be another. */
export async function simulateAgain(
  { transaction, network, simulation, walletLink }: TransactionProposal,
  signal: AbortSignal,
): Promise<SimulatedAgain> {
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
  if (call.isError) return { failure: Failure.parse(call.output).error };
  const made = call.artifacts.find((artifact) => artifact.kind === 'transaction');
  const next = TransactionProposal.safeParse(made?.proposal).data;
  const isSame = (other: TransactionProposal['transaction']) =>
    JSON.stringify({ ...other, gas: null }) === JSON.stringify({ chainId, from, to, value, data, gas: null });
  if (next === undefined || !isSame(next.transaction)) return { failure: null };
  // By its bytes alone, a call of an ABI that was pasted is not known any more.
  const isKnown = next.simulation.call === null || !next.simulation.call.name.includes('unknown function');
  if (isKnown) return { proposal: next };
  const known = { ...next.simulation, call: simulation.call, results: simulation.results };
  return { proposal: { ...next, walletLink, simulation: known } };
}
