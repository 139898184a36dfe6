import type { Filling } from './fill-arguments.ts';
import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

const most = /\b(?:most|largest|biggest|highest|top)\b|最[多大高]/i;
const often =
  /\b(?:often|frequent\w*|(?:number|most) (?:of )?(?:transfers|payments|times))\b|次数|笔数|频繁|最多次|几次/i;

/** What stands before the wallet, or after it, and which way the money went then. */
const sides: { by: 'received' | 'sent'; before?: RegExp; after?: RegExp }[] = [
  { by: 'sent', before: /\bfrom\s*$|从\s*$/i, after: /^(?!.*(?:\bfrom\b|从谁))/i },
  { by: 'received', after: /^\s*(?:ha[sd] )?(?:receiv|g[eo]t)|^.{0,8}(?:收|从谁)/i },
  { by: 'sent', after: /^\s*(?:ha[sd] )?(?:sen[dt]|pa(?:y|id)|transfer|give|gave)|^.{0,8}(?:给|向)谁/i },
  { by: 'received', before: /\b(?:sen[dt]s?|pa(?:ys?|id)|gave|gives?|transferred|to)\s*$|[给向往]\s*$/i },
];

function readRank({ words, found }: Ask): 'received' | 'sent' | null {
  const plain = dropHidden(words);
  const wallet = found.find(({ kind }) => kind === 'address' || kind === 'ens-name');
  if (wallet === undefined || !most.test(plain) || often.test(plain)) return null;
  const [before, after] = [words.slice(0, wallet.start), words.slice(wallet.end)].map(dropHidden);
  return (
    sides.find((side) => (side.before?.test(before ?? '') ?? true) && (side.after?.test(after ?? '') ?? true))?.by ??
    null
  );
}

/** "Who sent it the most" is about amounts that the wallet received, whatever word for it stands in the question. */
export function fillRank(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  if (!parameters.some(({ name, values }) => name === 'rank' && values?.includes('received') === true)) return filling;
  const { rank: _picked, ...given } = filling.arguments;
  const rank = readRank(ask);
  return { ...filling, arguments: rank === null ? given : { ...given, rank } };
}
