type ChartText = {
  text?: unknown;
  fontSize?: number | string;
  fontWeight?: number | string;
  limit?: number | string;
};

const usualSizePx = 11;
const boldening = 1.08;
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /[\p{Mn}\p{Me}\p{Cf}]/u;
const narrow = /[ijlI.,:;'’|!·]/;
const half = /[ ftr()[\]{}/\\"“”*-]/;
const broad = /[mwMW@%—…&]/;

/** In parts of the size, as the wider of the fonts that readers have; where a text is a little narrower, it has room. */
function widthOf(sign: string): number {
  if (wide.test(sign)) return 1;
  if (none.test(sign)) return 0;
  if (narrow.test(sign)) return 0.34;
  if (half.test(sign)) return 0.45;
  if (broad.test(sign)) return 0.98;
  return /\p{Lu}/u.test(sign) ? 0.74 : 0.64;
}

/**
 * How wide a chart's text is drawn, in pixels, at most as wide as its own limit: what lays charts out without a canvas.
 *
 * Vega's own guess is 0.8 of the size for each sign, which cuts Chinese (a whole size each) at the edge of the picture.
 */
export function measureChartText(
  { fontSize, fontWeight, limit, ...item }: ChartText,
  text: unknown = item.text,
): number {
  const size = fontSize === undefined ? usualSizePx : Number(fontSize) || 0;
  const isBold = fontWeight === 'bold' || Number(fontWeight) >= 600;
  const signs = Array.from(typeof text === 'string' ? text.trim() : typeof text === 'number' ? `${text}` : '');
  const width = signs.reduce((sum, sign) => sum + widthOf(sign), 0) * size * (isBold ? boldening : 1);
  // Vega cuts a text that passes its limit by asking for the width of shorter ones.
  return Number(limit) > 0 ? Math.min(width, Number(limit)) : width;
}
