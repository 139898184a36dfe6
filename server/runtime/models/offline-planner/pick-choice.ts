import type { JsonValue } from '#server/contract/json.ts';
import { dropHidden } from './found.ts';
import { worthWords } from './intents.ts';
import type { Ask } from './split-asks.ts';
import { toChartKind } from './to-argument.ts';
import type { Parameter } from './tool-view.ts';
import { tokenise, translateWords } from './tokenise.ts';

const toText = (value: JsonValue) => (typeof value === 'object' ? '' : String(value));
const isChartKinds = (values: JsonValue[]) =>
  values.includes('bar') && (values.includes('line') || values.includes('pie'));

/** What the found things say about an enumeration of actions: two dates mean a difference, a span of time an addition. */
function actionWords(ask: Ask): string[] {
  const count = (kind: string) => ask.found.filter((found) => found.kind === kind).length;
  if (count('duration') > 0) return ['add', 'shift'];
  if (count('time-zone') > 0 && count('date') > 0 && /\bto\b|换算|转换/.test(ask.words)) return ['convert'];
  if (
    count('date') > 1 ||
    (count('date') === 1 && /\b(?:until|till|since|how (?:many|long))\b|还有|距离?|多少天|几天/.test(ask.words))
  )
    return ['difference', 'diff', 'between'];
  return [];
}

/** The member of an enumeration, or the truth of a flag, that the words of an ask mean; undefined when they mean none. */
export function pickChoice(parameter: Parameter, ask: Ask, orderedData: boolean | null): JsonValue | undefined {
  if (parameter.wish === 'flag') return pickFlag(parameter, ask);
  const { values } = parameter;
  if (values === null) return undefined;
  const plain = dropHidden(ask.words).toLowerCase();
  const written = values.filter((value) =>
    new RegExp(`(?<![\\p{L}\\d])${escapePattern(toText(value))}(?![\\p{L}\\d])`, 'iu').test(plain),
  );
  if (written.length === 1) return written[0];
  const actions = actionWords(ask);
  const acted = values.find((value) => actions.includes(toText(value).toLowerCase()));
  if (acted !== undefined) return acted;
  const words = new Set([...tokenise(plain), ...translateWords(plain)]);
  const meant = values.filter((value) => {
    const parts = tokenise(toText(value));
    return parts.length > 0 && parts.every((part) => words.has(part));
  });
  if (meant.length === 1) return meant[0];
  if (!isChartKinds(values)) return undefined;
  return orderedData === null ? undefined : toChartKind(orderedData ? 'line' : 'bar', values);
}

/** What people say for a flag whose name they do not know. */
const flagWords: Record<string, RegExp> = { withValues: worthWords };

function pickFlag({ name }: Parameter, { words }: Ask): JsonValue | undefined {
  if (flagWords[name]?.test(dropHidden(words)) === true) return true;
  const names = tokenise(name);
  const said = tokenise(dropHidden(words));
  if (names.length === 0 || !names.every((part) => said.includes(part))) return undefined;
  return !/\b(?:no|not|without|don't)\b|不要|不用|无需/i.test(words);
}

function escapePattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
