import type { JsonObject } from '#server/contract/json.ts';
import type { Filling } from './fill-arguments.ts';
import { dropHidden } from './found.ts';
import { readFigure } from './read-figure.ts';
import type { Ask } from './split-asks.ts';
import type { Parameter } from './tool-view.ts';

const moves =
  /\b(?:moves?|moved|transfers?|sends?|sent|receives?|received|gets?|pays?|withdraws?|deposits?)\b|转|收到|动|打款|付款|提走/i;
const holds = /\b(?:balance|holds?|has|falls?|drops?|below|under)\b|余额|持有|低于|少于|跌破|不足/i;
const prices = /\b(?:price|costs?|trades? at|worth)\b|价格|币价|涨到|跌到|涨破/i;
const falls = /\b(?:falls?|drops?|below|under|less than|lower than|at most)\b|低于|少于|跌|不足|降/i;
const byPercent = /\b(?:changes?|moves?|swings?)\b.{0,20}%|(?:涨跌|波动|变化).{0,12}%/i;
const received = /\b(?:receives?|received|gets?|incoming|deposits?)\b|收到|转入|流入/i;
const sent = /\b(?:sends?|sent|moves? out|withdraws?|outgoing|pays?)\b|转出|发出|流出|提走/i;

/** What chains count in: it has no contract whose events tell who moved it. */
const coins = /^(?:native|eth|bnb|pol|matic|avax|xdai)$/i;

/** What an alert is to watch, from the words of whoever wants to be told; what it cannot do without stays missing. */
export function fillAlert(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  const text = dropHidden(ask.words);
  const { chain, address, token, event, contract } = filling.arguments;
  const isMoving = moves.test(text);
  const watch =
    event !== undefined
      ? 'event'
      : prices.test(text)
        ? 'price'
        : holds.test(text) && !isMoving
          ? 'balance'
          : isMoving
            ? 'transfer'
            : null;
  if (watch === null) return filling;
  const amount = readFigure(text);
  const given: JsonObject = { watch, ...(chain === undefined ? {} : { chain }) };
  const add = (name: string, value: JsonObject[string] | null | undefined) => {
    if (value !== undefined && value !== null) given[name] = value;
  };
  const needed: string[] = [];
  if (watch === 'event') {
    add('event', event);
    add('contract', contract ?? address);
  } else {
    add('token', token);
    if (watch !== 'price') {
      add('address', address);
      // Any transfer of a token can be watched; a balance, and what a coin does, is somebody's.
      if (watch === 'balance' || typeof token !== 'string' || coins.test(token)) needed.push('address');
    }
    if (watch === 'transfer') {
      add('atLeast', amount);
      add('direction', received.test(text) ? 'in' : sent.test(text) ? 'out' : 'any');
    } else {
      add('operator', byPercent.test(text) ? 'changes_by_percent' : falls.test(text) ? 'below' : 'above');
      add('threshold', amount);
      needed.push('threshold');
    }
  }
  const missing = parameters.filter(({ name }) => needed.includes(name) && given[name] === undefined);
  return { ...filling, arguments: given, missing };
}
