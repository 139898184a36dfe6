export type Font = 'text' | 'bold' | 'code';
export type Styled = { font: Font | 'chinese'; encoded: string };

/** Widths of Helvetica's signs from the space to the tilde, in thousandths of its size (Adobe Font Metrics). */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const boldening = 1.08;

/** Signs of WinAnsi that are not Latin-1. */
const windows: Record<string, number> = {
  '’': 0x92,
  '‘': 0x91,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  // WinAnsi has no minus but this one's shape.
  '−': 0x96,
  '—': 0x97,
  '…': 0x85,
  '•': 0x95,
};

const isLatin = (sign: string) => /^[\x20-\x7e\xa0-\xff]$/.test(sign) || sign in windows;

function widthOf(sign: string, font: Font): number {
  if (!isLatin(sign)) return 1000;
  if (font === 'code') return 600;
  return (widths[sign.charCodeAt(0) - 32] ?? 556) * (font === 'bold' ? boldening : 1);
}

/** How wide a text is, in thousandths of its size. */
export const measureText = (text: string, font: Font): number =>
  [...text].reduce((sum, sign) => sum + widthOf(sign, font), 0);

/** Lines that fit, broken at spaces where there are any. */
export function wrapText(text: string, { font, size, width }: { font: Font; size: number; width: number }): string[] {
  const most = (width / size) * 1000;
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const sign of text.replaceAll('\t', '    ').replaceAll(/[\0-\x1f\x7f]/g, '')) {
    const wide = widthOf(sign, font);
    if (used + wide > most && line !== '') {
      const cut = line.lastIndexOf(' ') > line.length / 2 && font !== 'code' ? line.lastIndexOf(' ') + 1 : line.length;
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
      used = [...line].reduce((sum, one) => sum + widthOf(one, font), 0);
    }
    line += sign;
    used += wide;
  }
  return [...lines, line];
}

/** A line in pieces of one font each, written as PDF writes texts. */
export function toPdfPieces(line: string, font: Font): Styled[] {
  return [...line.matchAll(/[\x20-\x7e\xa0-\xff’‘“”–−—…•]+|[^\x20-\x7e\xa0-\xff’‘“”–−—…•]+/gu)].map(([part]) =>
    isLatin([...part][0] ?? '') ? { font, encoded: toLatin(part) } : { font: 'chinese', encoded: toUtf16(part) },
  );
}

function toLatin(text: string): string {
  const codes = [...text].map((sign) => windows[sign] ?? sign.charCodeAt(0));
  return `<${codes.map((code) => code.toString(16).padStart(2, '0')).join('')}>`;
}

const toUtf16 = (text: string) => `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
