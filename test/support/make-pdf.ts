import { constants, deflateRawSync, deflateSync } from 'node:zlib';

/** An object of a PDF: its value, and the bytes of its stream where it has one. */
export type PdfObject = { value: string; stream?: Uint8Array };

/** A small PDF with one line of text on its only page; without a text, the page is empty. */
export const makePdf = (text = ''): Buffer => makePagesPdf([showText(text)]);

/** A PDF of objects; the first is the catalogue, and they are numbered from 1. */
export function makeObjectsPdf(objects: PdfObject[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (part: Buffer) => {
    parts.push(part);
    length += part.length;
  };
  for (const [index, { value, stream }] of objects.entries()) {
    offsets.push(length);
    add(Buffer.from(`${index + 1} 0 obj\n${value}\n`, 'latin1'));
    if (stream !== undefined) add(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
    add(Buffer.from('endobj\n'));
  }
  const start = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`));
  add(Buffer.from(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** A compressed stream. */
export function deflated(content: string | Uint8Array, more = ''): PdfObject {
  const stream = deflateSync(content, { level: 9 });
  return { value: `<< /Length ${stream.length} /Filter /FlateDecode ${more} >>`, stream };
}

/** A PDF whose pages have these contents, in PDF's own drawing language; the font is `/F`. */
export function makePagesPdf(contents: PdfObject[], { pages = contents.length, trailer = '' } = {}): Buffer {
  const firstPage = 4 + contents.length;
  const kids = Array.from({ length: pages }, (_, index) => `${firstPage + index} 0 R`).join(' ');
  return makeObjectsPdf(
    [
      { value: '<< /Type /Catalog /Pages 2 0 R >>' },
      { value: `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>` },
      { value: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>' },
      ...contents,
      ...Array.from({ length: pages }, (_, index) => ({
        value:
          '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> ' +
          `/Contents ${4 + (index % contents.length)} 0 R >>`,
      })),
    ],
    trailer,
  );
}

export const showText = (text: string) => deflated(`BT /F 12 Tf 50 700 Td (${text}) Tj ET`);

/** A stream of a few megabytes that becomes gigabytes: one compressed block, again and again. */
export function bomb(block: string): PdfObject {
  const megabytes64 = Buffer.alloc(64 * 1024 * 1024, block);
  const packed = deflateRawSync(megabytes64, { finishFlush: constants.Z_FULL_FLUSH });
  const stream = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array<Buffer>(48).fill(packed)]);
  return { value: `<< /Length ${stream.length} /Filter /FlateDecode >>`, stream };
}
