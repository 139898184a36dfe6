import type { LocalizedText } from './localized-text.ts';

/** A chain's name as a reading tells it (`ChainBlock.chain`), in a language: of a test chain it says that its coins are no money. */
export function toChainName(told: string, language: keyof LocalizedText): string {
  if (language !== 'zh') return told;
  const [, name] = /^(.+) \(no real money\)$/.exec(told) ?? [];
  return name === undefined ? told : `${name === 'Devnet' ? '开发网' : name}（不含真实资金）`;
}
