import { HubError } from '#server/hub-error.ts';

const mostPages = 500;

/**
 * The text of a PDF, pages parted by blank lines. `name` is what it is called in a failure.
 *
 * @throws {HubError} `unsupported_media_type`, when it cannot be read or has no text
 */
export async function readPdfText(bytes: Uint8Array, name: string): Promise<string> {
  const { extractText, getDocumentProxy } = await import('unpdf');
  try {
    // A copy, because the reader takes the bytes over.
    const document = await getDocumentProxy(new Uint8Array(bytes));
    if (document.numPages > mostPages) throw new Error(`it has more than ${mostPages} pages`);
    const { text } = await extractText(document, { mergePages: false });
    const whole = text.join('\n\n').trim();
    if (whole === '') throw new Error('it holds no text, perhaps only scanned pages');
    return whole;
  } catch (error) {
    throw new HubError(
      'unsupported_media_type',
      `"${name}" cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}.`,
      { cause: error },
    );
  }
}
