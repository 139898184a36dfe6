import type { Filling } from './fill-arguments.ts';
import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

/** More than the devnet has; other chains are too long to be read whole. */
const wholeDays = 3650;
const ofAll =
  /\b(?:reali[sz]ed|unreali[sz]ed|profits?|loss(?:es)?|gains?|p ?& ?l|pnl|paid|spent|pay|most|ever|last|latest|newest|first|in total|altogether|overall|so far|since when|when did|all(?: of)? (?:its|the|his|her|their)?\s*(?:transfers|payments|history))\b|盈亏|利润|赚|亏|付了|花了|最[多大早先近新]|总共|一共|累计|合计|上[次回]|曾|历来|从来|所有|全部|什么时候|何时|第一[次笔]/i;

/** The devnet is read whole where what is asked has no bounds in time: its last day alone would say that there was nothing. */
export function fillRange(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  const { arguments: given } = filling;
  const isOpen = ['days', 'fromBlock', 'toBlock'].every((name) => given[name] === undefined);
  const isBound = ask.found.some(({ kind }) => kind === 'duration' || kind === 'date');
  const takesDays = parameters.some(({ name }) => name === 'days');
  if (!takesDays || !isOpen || isBound || given['chain'] !== 'devnet' || !ofAll.test(dropHidden(ask.words)))
    return filling;
  return { ...filling, arguments: { ...given, days: wholeDays } };
}
