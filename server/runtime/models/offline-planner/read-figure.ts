/** A number as people write it, with the word that multiplies it. */
export const figurePattern = '\\d[\\d,]*(?:\\.\\d+)?';
export const timesPattern = '千万|百万|千|万|亿|(?:thousand|million|billion|bn|k|m)(?!\\p{L})';

const figure = new RegExp(`(?<![\\p{L}\\d.])(${figurePattern})(?:\\s*(${timesPattern}))?`, 'iu');
const zerosOf: Record<string, number> = {
  k: 3,
  thousand: 3,
  千: 3,
  万: 4,
  百万: 6,
  千万: 7,
  m: 6,
  million: 6,
  亿: 8,
  bn: 9,
  billion: 9,
};

/** The first number of a text in plain digits: "1.5 million", "2万". Exact, since it is digits that move. */
export function readFigure(text: string): string | null {
  const [, plain, times = ''] = figure.exec(text) ?? [];
  if (plain === undefined) return null;
  const [whole = '0', fraction = ''] = plain.replaceAll(',', '').split('.');
  const zeros = zerosOf[times.toLowerCase()] ?? 0;
  const moved = fraction.padEnd(zeros, '0');
  const rest = moved.slice(zeros);
  const digits = `${whole}${moved.slice(0, zeros)}`.replace(/^0+(?=\d)/, '');
  return rest === '' ? digits : `${digits}.${rest}`;
}
