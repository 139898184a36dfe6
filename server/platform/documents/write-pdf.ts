import type { ReportBlock } from '#server/contract/report-block.ts';
import { type Font, measureText, type Styled, toPdfPieces, wrapText } from './pdf-text.ts';
import { readReportMarkdown } from './read-report-markdown.ts';
import { opacitySteps, readSvgSize, toPdfOperators } from './svg-to-pdf.ts';

const page = { width: 595, height: 842, margin: 50 };
const inside = page.width - 2 * page.margin;
const textSize = 10;
const looks = {
  text: { font: 'text', size: textSize },
  code: { font: 'code', size: 8 },
  '# ': { font: 'bold', size: 20 },
  '## ': { font: 'bold', size: 15 },
  '### ': { font: 'bold', size: 12 },
} as const;
const cellSize = 8;
const cellGap = 8;
const headingRoom = 60;
const lineRatio = 1.25;
/** A whole hash fits in a narrow column. */
const mostCellLines = 6;

type Table = Pick<Extract<ReportBlock, { kind: 'table' }>, 'columns' | 'rows'>;

/**
 * A PDF of a report as the hub writes it: texts in Markdown (headings, paragraphs, lists, tables, code), pictures
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
  const putTable = ({ columns, rows }: Table) => {
    const widths = fitColumns([columns, ...rows]);
    const lefts = widths.map((_, place) => widths.slice(0, place).reduce((sum, width) => sum + width, page.margin));
    for (const [index, row] of [columns, ...rows].entries()) {
      const font = index === 0 ? 'bold' : 'text';
      const cells = columns.map((_, place) => {
        const width = (widths[place] ?? inside) - cellGap;
        return toCellLines(wrapText(row[place] ?? '', { font, size: cellSize, width }));
      });
      const tallest = Math.max(1, ...cells.map((lines) => lines.length));
      takeRoom(cellSize * (1.6 + (tallest - 1) * lineRatio));
      for (const [place, lines] of cells.entries())
        for (const [down, line] of lines.entries()) {
          const at = top + cellSize * lineRatio * (tallest - 1 - down);
          drawn.push(drawLine(toPdfPieces(line, font), cellSize, { left: lefts[place] ?? page.margin, top: at }));
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
      for (const part of readReportMarkdown(block.markdown))
        if (part.kind === 'table') putTable(part);
        else if (part.kind === 'gap') top -= textSize / 2;
        else {
          const { font, size } = looks[part.look];
          if (font === 'bold') top -= textSize / 2;
          put(part.text, font, size);
        }
  }
  pages.push(drawn.join('\n'));
  return assemble(pages);
}

/** As wide as their words where there is room for all; else what is narrow keeps its width, and the rest share what is left. */
function fitColumns(rows: string[][]): number[] {
  const wished = (rows[0] ?? []).map((_, place) =>
    Math.min(
      inside,
      Math.max(...rows.map((row) => (measureText(row[place] ?? '', 'bold') / 1000) * cellSize)) + cellGap + 1,
    ),
  );
  const widths: number[] = [];
  let [room, left] = [inside, wished.length];
  for (const [width, place] of wished.map((width, place) => [width, place] as const).toSorted(([a], [b]) => a - b)) {
    widths[place] = Math.min(width, room / left);
    room -= widths[place];
    left -= 1;
  }
  return widths;
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
