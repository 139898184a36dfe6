import type { z } from 'zod';
import type { ChainBlock, ChainReader } from '#server/contract/chain-readings.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import type { Source } from '#server/contract/run-event.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import { defineTool, type Tool, type ToolContext, type ToolResult } from '#server/runtime/tools/tool.ts';
import { type ChainParameter, requireChains, whenNoChains, whileChainsStay } from './chain-parameter.ts';

type ChainTool<Input extends z.ZodType, Output extends z.ZodType> = Pick<
  Tool<Input, Output>,
  'id' | 'title' | 'description' | 'output' | 'intent'
> & {
  input: (chain: ChainParameter) => Input;
  timeoutMs?: number;
  maximumResultBytes?: number;
  read: (
    input: z.output<Input>,
    context: ToolContext & { reader: ChainReader },
  ) => Promise<ToolResult<z.output<Output>>>;
};

/** A tool that reads chains: it changes nothing, and what it brings holds strangers' text. */
export function defineChainTool<Input extends z.ZodType, Output extends z.ZodType>(
  { chains }: Pick<ToolPorts, 'chains'>,
  { input: makeInput, read, timeoutMs = 40_000, maximumResultBytes = 30_000, ...tool }: ChainTool<Input, Output>,
): Tool {
  const input = whileChainsStay(chains, makeInput);
  return defineTool({
    ...tool,
    category: 'on-chain',
    effect: 'read',
    untrusted: true,
    get input() {
      return input();
    },
    timeoutMs,
    maximumResultBytes,
    unavailable: () => whenNoChains(chains),
    run: (given, context) => read(given, { ...context, reader: requireChains(chains) }),
  });
}

/** A figure of a chain as a source of the answer: what it is, and where it was read. */
export function toChainSource(
  { number, timestamp, chainId, chain, hash }: ChainBlock,
  { title, url, fact }: { title: LocalizedText; url: string; fact: string | LocalizedText },
  language: keyof LocalizedText,
): Omit<Source, 'number'> {
  const said = typeof fact === 'string' ? fact : fact[language];
  return language === 'zh'
    ? {
        title: `${toChainName(chain, language)}：${title.zh}`,
        url,
        excerpt: `${said}，读取于区块 ${number}，${timestamp}，链 ${chainId}，区块哈希 ${hash}`,
      }
    : {
        title: `${chain}: ${title.en}`,
        url,
        excerpt: `${said} at block ${number}, ${timestamp}, chain ${chainId}, block hash ${hash}`,
      };
}

export const showAmount = ({ formatted, symbol }: { formatted: string; symbol: string }): string =>
  `${formatted} ${symbol}`;
