import { decodePage } from './decode-page.ts';
import { pageToMarkdown, type ReadablePage } from './page-to-markdown.ts';

const mostCharacters = 2_000_000;
const longestTitle = 1_000;
const longestByline = 300;

/**
 * Reads a web page, or another text of the web, as Markdown.
 *
 * @throws {HubError} `unsupported_media_type`, when it is not text; `payload_too_large`, when it is too complex
 */
export async function readPage({
  bytes,
  contentType,
  url,
}: {
  bytes: Uint8Array;
  contentType: string;
  url: string;
}): Promise<ReadablePage> {
  const { kind, text } = decodePage(bytes, contentType);
  const page: ReadablePage =
    kind === 'html'
      ? await pageToMarkdown(text, url)
      : { title: '', markdown: text, byline: null, published: null, cut: false };
  return {
    title: page.title.slice(0, longestTitle),
    markdown: page.markdown.slice(0, mostCharacters),
    byline: page.byline?.slice(0, longestByline) ?? null,
    published: page.published?.slice(0, longestByline) ?? null,
    cut: page.cut || page.markdown.length > mostCharacters,
  };
}
