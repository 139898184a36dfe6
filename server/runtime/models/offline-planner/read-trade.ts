import type { JsonObject } from '#server/contract/json.ts';
import type { Filling } from './fill-arguments.ts';
import { dropHidden } from './found.ts';
import { figurePattern, readFigure, timesPattern } from './read-figure.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

/** What somebody would pay or get in a trade, and of what; `token` is what a pool is looked for by. */
export type TradeWish = { amount: string; amountToken: string; isReceived: boolean; token: string };

const trades =
  /\bhow (?:much|many)\b.{0,60}\b(?:get|receive|buy|cost|pay|need)\b|\b(?:get|receive|buy) how (?:much|many)\b|\bwhat (?:would|will|do|does|can|could)\b.{0,40}\b(?:get|receive|bring|fetch|cost|pay)\b|\b(?:price impact|slippage)\b|\b(?:quote|simulate)\b.{0,20}\b(?:swap|trade|buying|selling)\b|(?:换|买|卖|得|拿)(?:得|出|成|到|来|回)?多少|多少.{0,24}(?:才能|可以|能)?(?:换|买)|(?:换|买)(?:到|得)?.{0,16}(?:需要?|要(?:花|付)?)多少|滑点|价格(?:影响|冲击)/i;
const gone = /\b(?:did|was|were|has|have|had)\b|[了过]/i;
const received =
  /\b(?:buy|buying|purchas\w+|get|getting|receive|receiving|obtain\w*)\s*(?:exactly\s*)?$|(?:买入?|购入|换到|换得|得到|拿到|收到)\s*$/i;
const amountBefore = new RegExp(
  `(?<![\\p{L}\\d.])(${figurePattern}(?:\\s*(?:${timesPattern}))?)\\s*(?:个|枚)?\\s*$`,
  'iu',
);
/** What prices are told in: of two tokens, the other one is what is looked for. */
const quotes = new Set(['USDC', 'USDT', 'DAI', 'DUSD', 'USD', 'ETH', 'WETH', 'WBNB', 'WPOL', 'WAVAX']);

/** What a trade of so much would come to, where that is asked; null for every other ask. */
export function readTrade({ words, found }: Ask): TradeWish | null {
  const text = dropHidden(words);
  if (!trades.test(text) || gone.test(text)) return null;
  if (found.some(({ kind }) => ['hash', 'event', 'function', 'table', 'code'].includes(kind))) return null;
  const tokens = found.filter(({ kind, weak, fault }) => kind === 'token' && weak !== true && fault === undefined);
  for (const { start, value } of tokens) {
    const before = words.slice(0, start);
    const written = amountBefore.exec(before)?.[1];
    const amount = written === undefined ? null : readFigure(written);
    if (written === undefined || amount === null || typeof value !== 'string') continue;
    const names = [...new Set(tokens.map((one) => String(one.value as string)))];
    const others = names.filter((name) => name !== value);
    const token = [...others, value].find((name) => !quotes.has(name.toUpperCase())) ?? others[0];
    if (token === undefined) return null;
    const isReceived = received.test(dropHidden(before.slice(0, before.lastIndexOf(written))));
    return { amount, amountToken: value, isReceived, token };
  }
  return null;
}

/** The trade that is asked about, beside the token whose pools tell it. */
export function fillTrade(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  const { tradeAmount: _amount, tradeToken: _token, isReceived: _received, ...given } = filling.arguments;
  const trade = parameters.some(({ name }) => name === 'tradeAmount') ? readTrade(ask) : null;
  if (trade === null) return { ...filling, arguments: given };
  const own: JsonObject = {
    ...given,
    token: trade.token,
    tradeAmount: trade.amount,
    ...(trade.amountToken === trade.token ? {} : { tradeToken: trade.amountToken }),
    ...(trade.isReceived ? { isReceived: true } : {}),
  };
  return { ...filling, arguments: own, missing: filling.missing.filter(({ name }) => name !== 'token') };
}
