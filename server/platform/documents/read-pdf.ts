import type { getDocumentProxy } from 'unpdf';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { readProcessorMs } from '#server/platform/workers/read-processor-ms.ts';

/** A PDF's text, pages parted by blank lines; `pagesRead` is less than `pages` where it was cut. */
export type PdfText = { text: string; pages: number; pagesRead: number; cut: boolean };

const mostPages = 1_000;
const enoughProcessorMs = 20_000;
const longestReason = 200;
const reasons: Record<string, LocalizedText> = {
  PasswordException: { en: 'it is protected with a password', zh: '它有密码保护' },
  InvalidPDFException: { en: 'it is damaged, or no PDF', zh: '它已损坏，或不是 PDF' },
  RangeError: { en: 'it is nested too deeply', zh: '它嵌套过深' },
};
const noText = { en: 'it holds no text, perhaps only scanned pages', zh: '它没有文字，可能只有扫描的页面' };

/**
 * Reads the text of a PDF, page after page, until there are enough characters or pages, or it took long enough. Nothing is
 * drawn, loaded or run.
 *
 * @throws {HubError} `unsupported_media_type`, naming the file, when it cannot be read or has no text
 */
export async function readPdf({
  bytes,
  name,
  maximumCharacters,
}: {
  bytes: Uint8Array;
  name: string;
  maximumCharacters: number;
}): Promise<PdfText> {
  const unpdf = await import('unpdf');
  try {
    // A copy, because the reader takes the bytes over and knows no `Buffer`.
    const document = await unpdf.getDocumentProxy(new Uint8Array(bytes), { verbosity: 0, useSystemFonts: false });
    try {
      const read = await readPages(document, maximumCharacters);
      if (read.text === '') throw unreadable(name, noText);
      return read;
    } finally {
      await document.destroy();
    }
  } catch (error) {
    throw error instanceof HubError ? error : unreadable(name, toReason(error));
  }
}

const unreadable = (name: string, why: LocalizedText) =>
  new HubError('unsupported_media_type', {
    en: `"${name}" cannot be read: ${why.en}.`,
    zh: `无法读取“${name}”：${why.zh}。`,
  });

function toReason(error: unknown): LocalizedText {
  if (!(error instanceof Error)) return { en: 'for an unknown reason', zh: '原因不明' };
  const said = error.message.slice(0, longestReason).replace(/\.+$/, '');
  return reasons[error.name] ?? { en: said, zh: said };
}

type TextContent = ReadableStream<{ items: { str?: string; hasEOL?: boolean }[] }>;
type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

async function readPages(document: PdfDocument, maximumCharacters: number): Promise<PdfText> {
  const pages = document.numPages;
  const texts: string[] = [];
  let characters = 0;
  const end = readProcessorMs() + enoughProcessorMs;
  const isEnough = () =>
    texts.length >= Math.min(pages, mostPages) || characters >= maximumCharacters || readProcessorMs() > end;
  while (!isEnough()) {
    const text = await readPage(document, {
      number: texts.length + 1,
      maximumCharacters: maximumCharacters - characters,
    });
    characters += text.length;
    texts.push(text);
  }
  const pagesRead = texts.length;
  return {
    text: texts.join('\n\n').trim().slice(0, maximumCharacters),
    pages,
    pagesRead,
    cut: pagesRead < pages || characters > maximumCharacters,
  };
}

async function readPage(
  document: PdfDocument,
  { number, maximumCharacters }: { number: number; maximumCharacters: number },
): Promise<string> {
  const page = await document.getPage(number);
  const content = (page.streamTextContent() as TextContent).getReader();
  let text = '';
  for (let next = await content.read(); !next.done; next = await content.read()) {
    text += next.value.items.map(({ str = '', hasEOL }) => (hasEOL === true ? `${str}\n` : str)).join('');
    if (text.length > maximumCharacters) await content.cancel(new Error('This is enough.'));
  }
  page.cleanup();
  return text;
}
