const digits = 6;

/** A figure as sentences have it: six digits that count, and no more zeros than it has. */
export function sayFigure(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-6) return value.toExponential(3);
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1e6 ? rounded.toFixed(0) : String(rounded);
}

/** A part of one as a percentage. */
export const sayPercent = (part: number) => `${sayFigure(Number((part * 100).toPrecision(4)))}%`;
