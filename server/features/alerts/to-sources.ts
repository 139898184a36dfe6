import type { AlertFacts } from '#server/contract/alert.ts';
import type { Source } from '#server/contract/run-event.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';

type Language = 'en' | 'zh';

/**
 * Where the facts of a firing were read, as the first sources of what is said of it: what happened or was measured, and the
 * block that it stands in; of a query, its execution. No words of strangers. Pure.
 */
export function toSources(facts: AlertFacts, language: Language): Omit<Source, 'number'>[] {
  const { block, execution, explorerUrl, transaction, unit, value } = facts;
  const isChinese = language === 'zh';
  const figure = value === null ? null : unit === null ? value : `${value} ${unit}`;
  if (block === null) {
    if (execution === null) return [];
    const title = isChinese ? `查询的执行记录 ${execution}` : `Execution ${execution} of the query`;
    return [{ title, url: null, excerpt: figure }];
  }
  const place = isChinese
    ? `区块 ${block.number}，${block.timestamp}，链 ${block.chainId}，区块哈希 ${block.hash}`
    : `block ${block.number}, ${block.timestamp}, chain ${block.chainId}, block hash ${block.hash}`;
  const said = isChinese ? `${figure ?? ''}，位于${place}` : `${figure ?? ''} at ${place}`;
  const read = transaction ?? facts.fields.find(({ name }) => name === 'contract' || name === 'address')?.value ?? null;
  const excerpt = figure === null ? place : said;
  const blockTitle = isChinese
    ? `${toChainName(block.chain, 'zh')}：区块 ${block.number}`
    : `${block.chain}: block ${block.number}`;
  const standing = { title: blockTitle, url: block.explorerUrl, excerpt: place };
  if (read === null || explorerUrl === null) return [{ ...standing, excerpt }];
  const kind = transaction === null ? (isChinese ? '地址' : 'address') : isChinese ? '交易' : 'transaction';
  const title = isChinese ? `${toChainName(block.chain, 'zh')}：${kind} ${read}` : `${block.chain}: ${kind} ${read}`;
  return [{ title, url: explorerUrl, excerpt }, standing];
}

/** The marks of so many sources, after a sentence. */
export const toMarks = (sources: readonly unknown[]): string => sources.map((_, place) => `[${place + 1}]`).join('');
