import { toPdfPieces, wrapText, type Font, type Styled } from './pdf-text.ts';

const page = { width: 595, height: 842, margin: 50 };
const sizes = { '# ': 20, '## ': 15, '### ': 12 } as const;
const textSize = 10;
const codeSize = 8;

/**
 * A PDF of a report in Markdown as the hub writes it: headings, paragraphs, lists, tables as lines, code.
 *
 * No font is in it: Latin text uses the standard fonts, Chinese the standard Adobe-GB1 font, which readers have or replace.
 * A font file of its own for Chinese would be larger than the rest of the hub's packages for documents together.
 */
export function writePdf(markdown: string): Uint8Array {
  const pages: string[] = [];
  let drawn: string[] = [];
  let top = page.height - page.margin;

  const put = (text: string, font: Font, size: number) => {
    for (const line of wrapText(text, { font, size, width: page.width - 2 * page.margin })) {
      if (top - size * 1.4 < page.margin) {
        pages.push(drawn.join('\n'));
        drawn = [];
        top = page.height - page.margin;
      }
      top -= size * 1.4;
      drawn.push(drawLine(toPdfPieces(line, font), size, top));
    }
  };

  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const [ticks] = /^`{3,}/.exec(line) ?? [];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence !== null && line === fence) fence = null;
    else if (fence !== null) put(line === '' ? ' ' : line, 'code', codeSize);
    else if (/^\|[ -|]*$/.test(line)) continue;
    else if (line === '') top -= textSize / 2;
    else {
      const heading = Object.entries(sizes).find(([mark]) => line.startsWith(mark));
      if (heading !== undefined) top -= textSize / 2;
      const plain = line
        .replace(/^#+ /, '')
        .replace(/^\| | \|$/g, '')
        .replaceAll(/\*\*|`/g, '')
        .replaceAll(' | ', '  ·  ');
      put(plain, heading === undefined ? 'text' : 'bold', heading?.[1] ?? textSize);
    }
  }
  pages.push(drawn.join('\n'));
  return assemble(pages);
}

const fontNames: Record<Styled['font'], string> = { text: 'F1', bold: 'F2', code: 'F3', chinese: 'F4' };

function drawLine(pieces: Styled[], size: number, top: number): string {
  const shown = pieces.map(({ font, encoded }) => `/${fontNames[font]} ${size} Tf ${encoded} Tj`);
  return `BT ${page.margin} ${top.toFixed(1)} Td ${shown.join(' ')} ET`;
}

function assemble(pages: string[]): Uint8Array {
  const fonts = '<< /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R >>';
  const first = 9;
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ');
  const latin = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    latin('Helvetica'),
    latin('Helvetica-Bold'),
    latin('Courier'),
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [7 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> /FontDescriptor 8 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    ...pages.flatMap((content, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources << /Font ${fonts} >> /Contents ${first + index * 2 + 1} 0 R >>`,
      `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let text = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
