import { type Figure, toNumber } from './read-figures.ts';

const sentenceEnds = ['\n', '。', '！', '？', '. ', '! ', '? '];
const mostParts = 8;
const timesBehind = /^\s?(?:x(?![\p{L}\d])|×|-?fold\b|倍)/iu;

/** Whether a figure says how many times something is another. */
export const isRatio = ({ kind, index, written }: Figure, text: string): boolean =>
  kind === 'amount' && timesBehind.test(text.slice(index + written.length, index + written.length + 8));

function findSentence(text: string, index: number): { from: number; to: number } {
  const from = Math.max(...sentenceEnds.map((mark) => text.lastIndexOf(mark, index)));
  const ends = sentenceEnds.map((mark) => text.indexOf(mark, index)).filter((end) => end !== -1);
  return { from, to: Math.min(text.length, ...ends) };
}

const toValues = ({ readings }: Figure) => readings.map(({ digits, scale }) => toNumber(digits, scale));

/**
 * Whether a ratio is that of no two figures of its sentence, where the sentence has two that are known: "400 is 3x of 100". How
 * many times more and how many times as much both count.
 *
 * @param isKnown - whether another figure may be counted with
 */
export function isWrongRatio(
  ratio: Figure,
  { all, text, isKnown }: { all: readonly Figure[]; text: string; isKnown: (figure: Figure) => boolean },
): boolean {
  if (!isRatio(ratio, text)) return false;
  const { from, to } = findSentence(text, ratio.index);
  const parts = all
    .filter(({ kind, index, seconds }) => kind === 'amount' && seconds === null && index > from && index < to)
    .filter((one) => one !== ratio && !isRatio(one, text) && isKnown(one))
    .slice(0, mostParts);
  if (parts.length < 2) return false;
  const quotients = parts.flatMap((one) =>
    parts.flatMap((other) =>
      one === other
        ? []
        : toValues(one).flatMap((part) =>
            toValues(other).flatMap((whole) => (whole === 0 ? [] : [part / whole, Math.abs(part - whole) / whole])),
          ),
    ),
  );
  return !toValues(ratio).some((said) => quotients.some((quotient) => quotient > said - 0.55 && quotient < said + 1));
}
