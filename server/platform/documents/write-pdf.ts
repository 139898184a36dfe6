import type { ReportBlock } from '#server/contract/report-block.ts';
import { type Font, type Styled, toPdfPieces, wrapText } from './pdf-text.ts';
import { opacitySteps, readSvgSize, toPdfOperators } from './svg-to-pdf.ts';

const page = { width: 595, height: 842, margin: 50 };
const inside = page.width - 2 * page.margin;
const sizes = { '# ': 20, '## ': 15, '### ': 12 } as const;
const textSize = 10;
const codeSize = 8;
const cellSize = 8;
const cellGap = 8;
const headingRoom = 60;
const lineRatio = 1.25;
/** A whole hash fits in a narrow column. */
const mostCellLines = 6;

/**
 * A PDF of a report as the hub writes it: texts in Markdown (headings, paragraphs, lists, tables as lines, code), pictures
 * that stay sharp at any size, and tables.
 *
 * No font is in it: Latin text uses the standard fonts, Chinese the standard Adobe-GB1 font, which readers have or replace.
 * A font file of its own for Chinese would be larger than the rest of the hub's packages for documents together.
 */
export function writePdf(blocks: ReportBlock[]): Uint8Array {
  const pages: string[] = [];
  let drawn: string[] = [];
  let top = page.height - page.margin;

  const takeRoom = (height: number) => {
    if (top - height < page.margin && top < page.height - page.margin) {
      pages.push(drawn.join('\n'));
      drawn = [];
      top = page.height - page.margin;
    }
    top -= height;
  };
  const put = (text: string, font: Font, size: number) => {
    for (const line of wrapText(text, { font, size, width: inside })) {
      takeRoom(size * 1.4);
      drawn.push(drawLine(toPdfPieces(line, font), size, { left: page.margin, top }));
    }
  };
  const putPicture = (svg: string) => {
    const { height, scale } = fitPicture(svg);
    takeRoom(height + textSize);
    const bottom = top + height;
    drawn.push(`q ${scale.toFixed(4)} 0 0 ${(-scale).toFixed(4)} ${page.margin} ${bottom.toFixed(1)} cm`);
    drawn.push(toPdfOperators(svg), 'Q');
  };
  const putTable = ({ columns, rows }: Extract<ReportBlock, { kind: 'table' }>) => {
    const width = inside / Math.max(1, columns.length);
    for (const [index, row] of [columns, ...rows].entries()) {
      const font = index === 0 ? 'bold' : 'text';
      const cells = row.map((cell) => toCellLines(wrapText(cell, { font, size: cellSize, width: width - cellGap })));
      const tallest = Math.max(1, ...cells.map((lines) => lines.length));
      takeRoom(cellSize * (1.6 + (tallest - 1) * lineRatio));
      for (const [place, lines] of cells.entries())
        for (const [down, line] of lines.entries()) {
          const at = top + cellSize * lineRatio * (tallest - 1 - down);
          drawn.push(drawLine(toPdfPieces(line, font), cellSize, { left: page.margin + place * width, top: at }));
        }
      const under = (top - 2.5).toFixed(1);
      drawn.push(`q 0.87 0.89 0.92 RG 0.5 w ${page.margin} ${under} m ${page.width - page.margin} ${under} l S Q`);
    }
    top -= textSize / 2;
  };

  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    // A heading stays with its picture.
    if (block.kind === 'text' && next?.kind === 'picture') {
      const height = Math.min(fitPicture(next.svg).height + headingRoom, page.height - 2 * page.margin);
      takeRoom(height);
      top += height;
    }
    if (block.kind === 'picture') putPicture(block.svg);
    else if (block.kind === 'table') putTable(block);
    else
      for (const { text, font, size, space } of readMarkdown(block.markdown)) {
        top -= space;
        if (text !== null) put(text, font, size);
      }
  }
  pages.push(drawn.join('\n'));
  return assemble(pages);
}

/** A figure is never cut: only long words are. */
function toCellLines(lines: string[]): string[] {
  if (lines.length <= mostCellLines) return lines;
  return [...lines.slice(0, mostCellLines - 1), `${(lines[mostCellLines - 1] ?? '').slice(0, -1)}…`];
}

function fitPicture(svg: string): { height: number; scale: number } {
  const { width, height } = readSvgSize(svg);
  const scale = Math.min(1, inside / width, (page.height - 2 * page.margin - headingRoom) / height);
  return { height: height * scale, scale };
}

/** Markdown in lines of one look each; a line without text is only room. */
function* readMarkdown(markdown: string): Generator<{ text: string | null; font: Font; size: number; space: number }> {
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const [ticks] = /^`{3,}/.exec(line) ?? [];
    if (fence === null && ticks !== undefined) fence = ticks;
    else if (fence !== null && line === fence) fence = null;
    else if (fence !== null) yield { text: line === '' ? ' ' : line, font: 'code', size: codeSize, space: 0 };
    else if (/^\|[-| :]*$/.test(line)) continue;
    else if (line === '') yield { text: null, font: 'text', size: textSize, space: textSize / 2 };
    else {
      const heading = Object.entries(sizes).find(([mark]) => line.startsWith(mark));
      const text = line
        .replace(/^#+ /, '')
        .replace(/^\| | \|$/g, '')
        .replaceAll(/\*\*|`/g, '')
        .replaceAll(' | ', '  ·  ');
      if (heading === undefined) yield { text, font: 'text', size: textSize, space: 0 };
      else yield { text, font: 'bold', size: heading[1], space: textSize / 2 };
    }
  }
}

const fontNames: Record<Styled['font'], string> = { text: 'F1', bold: 'F2', code: 'F3', chinese: 'F4' };

function drawLine(pieces: Styled[], size: number, { left, top }: { left: number; top: number }): string {
  const shown = pieces.map(({ font, encoded }) => `/${fontNames[font]} ${size} Tf ${encoded} Tj`);
  return `BT ${left.toFixed(1)} ${top.toFixed(1)} Td ${shown.join(' ')} ET`;
}

function assemble(pages: string[]): Uint8Array {
  const fonts = '<< /F1 3 0 R /F2 4 0 R /F3 5 0 R /F4 6 0 R >>';
  const steps = Array.from({ length: opacitySteps }, (_, index) => (index + 1) / opacitySteps);
  const opacities = steps.map((step, index) => `/O${index + 1} << /Type /ExtGState /ca ${step} /CA ${step} >>`);
  const resources = `<< /Font ${fonts} /ExtGState << ${opacities.join(' ')} >> >>`;
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
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width} ${page.height}] /Resources ${resources} /Contents ${first + index * 2 + 1} 0 R >>`,
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
