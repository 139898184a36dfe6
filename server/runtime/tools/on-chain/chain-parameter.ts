import { z } from 'zod';
import type { ChainReader } from '#server/contract/chain-readings.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';

const notSetUp: LocalizedText = {
  en: 'No chain is set up. Set HUB_RPC_URLS and restart the hub.',
  zh: '尚未配置区块链。请设置 HUB_RPC_URLS 后重启。',
};

/**
 * Makes the input of a tool that reads chains: an administrator can add chains while the hub runs. It stays the same object
 * as long as the chains do, since its schema is told to models with every run.
 */
export function whileChainsStay<Input>(
  chains: ChainReader | null,
  makeInput: (chain: ChainParameter) => Input,
): () => Input {
  let kept: { slugs: string; input: Input } | null = null;
  return () => {
    const slugs = chains?.chains().map(({ slug }) => slug) ?? [];
    const name = slugs.join(' ');
    kept = kept?.slugs === name ? kept : { slugs: name, input: makeInput(chainParameter(slugs)) };
    return kept.input;
  };
}

export type ChainParameter = ReturnType<typeof chainParameter>;

/** The input field that says which chain; its values are the chains the hub reads. */
function chainParameter(slugs: string[]) {
  const [first, ...others] = slugs;
  const description = 'The chain. Ethereum mainnet when the person names none.';
  if (first === undefined) return z.string().default('ethereum').describe(description);
  return z
    .enum([first, ...others])
    .default(slugs.includes('ethereum') ? 'ethereum' : first)
    .describe(description);
}

export function whenNoChains(chains: ChainReader | null): LocalizedText | null {
  return chains === null || chains.chains().length === 0 ? notSetUp : null;
}

/** @throws {HubError} `tool_unavailable`, when no chain is set up */
export function requireChains(chains: ChainReader | null): ChainReader {
  if (chains === null) throw new HubError('tool_unavailable', notSetUp);
  return chains;
}

/** The start and the end of an address or hash, for a line that people read. */
export function shorten(text: string): string {
  return text.length > 14 ? `${text.slice(0, 6)}…${text.slice(-4)}` : text;
}
