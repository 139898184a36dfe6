import { HubError } from '#server/hub-error.ts';
import { createMarkdownWriter } from './markdown-writer.ts';

export type ReadablePage = {
  title: string;
  markdown: string;
  byline: string | null;
  published: string | null;
  cut: boolean;
};

const longestHtml = 1_000_000;
const mostElements = 20_000;
const deepestNesting = 400;
const leastArticleCharacters = 140;
const never = 'script,style,noscript,template,iframe,object,embed,svg,canvas,link,button,input,select,textarea,dialog';
const unseen = '[hidden],[aria-hidden="true"]';
const endsByItself =
  /^<\/?(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|param|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option|optgroup|rp|rt|colgroup|html|head|body|path|circle|rect|line|use|polygon|ellipse|g)$/i;
const unseenStyle = /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i;

/**
 * Finds the article of an HTML page and writes it as Markdown, with absolute links.
 *
 * What a reader would not see (hidden elements, scripts, comments) is left out. Where there is no article, the whole body is
 * taken. Nothing is loaded or run.
 *
 * @throws {HubError} `payload_too_large`, when the page has too many elements or is nested too deeply
 */
export async function pageToMarkdown(html: string, url: string): Promise<ReadablePage> {
  const [{ parseHTML }, { Readability }, writer] = await Promise.all([
    import('linkedom'),
    import('@mozilla/readability'),
    createMarkdownWriter(),
  ]);
  const lean = withoutScripts(html);
  const cut = lean.length > longestHtml;
  const short = lean.slice(0, longestHtml);
  checkComplexity(short);
  try {
    const { document } = parseHTML(wrap(short));
    document.querySelectorAll(`${never},${unseen}`).forEach((element) => element.remove());
    document.querySelectorAll('[style]').forEach((element) => {
      if (unseenStyle.test(element.getAttribute('style') ?? '')) element.remove();
    });
    makeLinksAbsolute(document, url);
    const title = document.querySelector('title')?.textContent.trim() ?? '';
    const heading = document.querySelector('h1')?.textContent.trim() ?? '';
    const whole = writer(document.body);
    const article = new Readability(document, {
      maxElemsToParse: mostElements,
      serializer: (node) => node as unknown as HTMLElement,
    }).parse();
    const markdown = article?.content ? writer(article.content) : '';
    return {
      title: article?.title?.trim() || title || heading,
      markdown: markdown.length >= Math.min(leastArticleCharacters, whole.length) ? markdown : whole,
      byline: article?.byline?.trim() || null,
      published: article?.publishedTime?.trim() || null,
      cut,
    };
  } catch (thrown) {
    if (thrown instanceof HubError) throw thrown;
    if (thrown instanceof RangeError) throw tooComplex();
    throw thrown;
  }
}

function tooComplex(): HubError {
  return new HubError('payload_too_large', {
    en: 'The page is built from too many or too deeply nested elements to be read.',
    zh: '该网页的元素过多或嵌套过深，无法读取。',
  });
}

/** Before parsing, which takes time that grows with the square of the depth. Only elements that need an end tag are counted. */
function checkComplexity(html: string) {
  let elements = 0;
  let depth = 0;
  for (const [tag] of html.matchAll(/<\/?[a-z][a-z0-9-]*/gi)) {
    const isEnd = tag[1] === '/';
    if (!isEnd) elements += 1;
    if (!endsByItself.test(tag)) depth = Math.max(0, depth + (isEnd ? -1 : 1));
    if (elements > mostElements || depth > deepestNesting) throw tooComplex();
  }
}

/** linkedom finds the body only as the second element after a head. */
function wrap(html: string): string {
  const start = html.search(/<body[\s>]/i);
  if (start === -1) return `<!doctype html><html><body>${html}</body></html>`;
  const head = html.slice(0, start).replace(/<(?:!doctype|\/?html|\/?head)(?:\s[^>]*)?>/gi, '');
  return `<!doctype html><html><head>${head}</head>${html.slice(start)}`;
}

/** Scripts and styles are most of many pages; they are cut out before anything is parsed. Plain searches: no back-tracking. */
function withoutScripts(html: string): string {
  const lower = html.toLowerCase();
  const kept: string[] = [];
  let from = 0;
  for (const { index, 1: name } of lower.matchAll(/<(script|style)[\s>]/g)) {
    if (index < from) continue;
    const end = lower.indexOf(`</${name}`, index);
    kept.push(html.slice(from, index));
    if (end === -1) return kept.join('');
    const close = lower.indexOf('>', end);
    from = close === -1 ? html.length : close + 1;
  }
  kept.push(html.slice(from));
  return kept.join('');
}

function makeLinksAbsolute(document: Document, url: string) {
  const base = document.querySelector('base[href]')?.getAttribute('href') ?? url;
  const from = URL.canParse(base, url) ? new URL(base, url).href : url;
  for (const [selector, attribute] of [
    ['a[href]', 'href'],
    ['img[src]', 'src'],
  ] as const) {
    document.querySelectorAll(selector).forEach((element) => {
      const target = element.getAttribute(attribute) ?? '';
      const resolved = URL.canParse(target, from) ? new URL(target, from) : undefined;
      if (resolved && /^(?:https?|mailto):$/.test(resolved.protocol)) element.setAttribute(attribute, resolved.href);
      else element.removeAttribute(attribute);
    });
  }
}
