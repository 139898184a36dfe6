import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { BlockRange } from '#server/contract/chain-figures.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { WalletActivity, WalletProfit } from '#server/contract/wallet-readings.ts';
import { callTool, callToolForReport } from '#web/features/tools/api/call-tool.ts';
import type { WalletQuestion } from '#web/features/chains/wallet-question.ts';

/** What a reading came to: what it says with what it made, or why there is none. */
export type ReadWallet<Output> = { output: Output; call: ToolCall } | { failure: string };

const Failure = z.object({ error: z.string() });

async function read<Output>(
  tool: string,
  {
    input,
    schema,
    signal,
  }: { input: Record<string, string | number | string[]>; schema: z.ZodType<Output>; signal: AbortSignal },
): Promise<ReadWallet<Output>> {
  const call = await callTool({ tool, input }, signal);
  return call.isError ? { failure: Failure.parse(call.output).error } : { output: schema.parse(call.output), call };
}

const toInput = ({ address, chain, days, own }: WalletQuestion) => ({
  address,
  chain,
  days,
  ...(own.length === 0 ? {} : { own }),
});

/** What was read stays as it was until it is asked for again: a report is of one block. */
const kept = { staleTime: Infinity, retry: false } as const;

export const profitQuery = (question: WalletQuestion) =>
  queryOptions({
    queryKey: ['wallets', 'profit', question],
    queryFn: ({ signal }) => read('wallet-profit', { input: toInput(question), schema: WalletProfit, signal }),
    ...kept,
  });

export const activityQuery = (question: WalletQuestion, timeZone: string) =>
  queryOptions({
    queryKey: ['wallets', 'activity', question, timeZone],
    queryFn: ({ signal }) =>
      read('wallet-activity', { input: { ...toInput(question), timeZone }, schema: WalletActivity, signal }),
    ...kept,
  });

/** A report as PDF, of the same blocks as what is shown. */
export const readWalletReport = (
  tool: 'wallet-profit' | 'wallet-activity',
  { address, chain, own }: WalletQuestion,
  { range, ...rest }: { range: BlockRange; timeZone?: string },
): Promise<Blob> => {
  const blocks = { fromBlock: Number(range.from.number), toBlock: Number(range.to.number) };
  const input = { address, chain, ...(own.length === 0 ? {} : { own }), ...blocks, ...rest };
  return callToolForReport({ tool, input });
};
