import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import { toPlainText } from './plain-text.ts';
import type { ToolPorts } from './ports.ts';
import { defineTool } from './tool.ts';

const largestPageBytes = 5 * 1024 * 1024;
const fetchTimeoutMs = 15_000;
const mostCharacters = 60_000;
const excerptCharacters = 300;
const excerptSourceCharacters = 4000;

const Input = z.strictObject({
  url: z
    .string()
    .trim()
    .min(3)
    .max(2_048)
    .describe('The full address of the page, e.g. "https://example.org/article".'),
  startAt: z
    .number()
    .int()
    .min(0)
    .max(10_000_000)
    .default(0)
    .describe('Where in the text to start, in characters: nextStart of an earlier call, to read on.'),
  maximumCharacters: z
    .number()
    .int()
    .min(500)
    .max(mostCharacters)
    .default(20_000)
    .describe('How much text to return at most.'),
});

const Output = z.object({
  title: z.string(),
  url: z.string().describe('The address after redirects.'),
  byline: z.string().nullable(),
  published: z.string().nullable(),
  excerpt: z.string(),
  markdown: z.string(),
  truncated: z.boolean(),
  totalCharacters: z.number(),
  nextStart: z.number().nullable(),
});

/** Reads one web page as Markdown and cites it. Everything in it was written by strangers. */
export function createReadWebPageTool({ fetch, readPage }: Pick<ToolPorts, 'fetch' | 'readPage'>) {
  return defineTool({
    id: 'read-web-page',
    title: { en: 'Read a web page', zh: '阅读网页' },
    description: {
      en:
        'Fetches one web page and returns its title and main text as Markdown, for quoting and summarising; also plain text, Markdown, JSON and XML. ' +
        'Use it when a message holds a URL or when a known page should be read. It does not search, sign in, run scripts or read PDFs.',
      zh: '读取一个网页，返回标题和 Markdown 正文，供引用和总结；也能读纯文本、Markdown、JSON 和 XML。消息里有网址时使用。不会搜索、登录、运行脚本，也不读 PDF。',
    },
    category: 'web',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 30_000,
    maximumResultBytes: 400_000,
    intent: ({ url }, language) => `${language === 'zh' ? '阅读' : 'Reading'} ${toHost(url)}`,
    run: async ({ url, startAt, maximumCharacters }, { signal }) => {
      const response = await fetch(toAddress(url), {
        headers: {
          accept:
            'text/html,application/xhtml+xml,text/markdown;q=0.9,text/plain;q=0.9,application/json;q=0.8,*/*;q=0.1',
        },
        signal,
        maximumBytes: largestPageBytes,
        timeoutMs: fetchTimeoutMs,
      });
      if (response.status >= 400) throw toStatusError(response.status, response.url);
      const { bytes, headers } = response;
      const page = await readPage({ bytes, contentType: headers['content-type'] ?? '', url: response.url, signal });
      const text = toPlainText(page.markdown);
      if (text.trim() === '') {
        throw new HubError('unavailable', {
          en: `${toHost(response.url)} has no text to read. The page may need a browser that runs scripts, or a sign-in.`,
          zh: `${toHost(response.url)} 没有可读的文字。该网页可能需要能运行脚本的浏览器，或需要登录。`,
        });
      }
      const title = toPlainText(page.title).replaceAll('\n', ' ').slice(0, 300) || toHost(response.url);
      const end = Math.min(text.length, startAt + maximumCharacters);
      const excerpt = toExcerpt(text);
      const output = {
        title,
        url: response.url,
        byline: page.byline,
        published: page.published,
        excerpt,
        markdown: text.slice(startAt, end),
        truncated: end < text.length || page.cut,
        totalCharacters: text.length,
        nextStart: end < text.length ? end : null,
      };
      return { output, text: toText(output), sources: [{ title, url: response.url, excerpt }] };
    },
  });
}

function toAddress(url: string): string {
  const complete = /^[a-z][a-z\d+.-]*:/i.test(url) && !/^[\w.-]+:\d+(?:\/|$)/.test(url) ? url : `https://${url}`;
  const address = URL.canParse(complete) ? new URL(complete) : undefined;
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return address.href;
  const message = { en: 'This is not an http or https address.', zh: '这不是 http 或 https 网址。' };
  throw new HubError('validation_failed', message, { errors: [{ path: 'url', message }] });
}

function toHost(url: string): string {
  return URL.canParse(url) && new URL(url).host !== '' ? new URL(url).host : url.slice(0, 60);
}

const reasons: Record<number, LocalizedText> = {
  401: { en: 'it wants a sign-in', zh: '需要登录' },
  403: { en: 'it does not let this hub read the page', zh: '不允许本中枢读取该网页' },
  404: { en: 'there is no such page', zh: '没有这个网页' },
  410: { en: 'the page is gone', zh: '该网页已不存在' },
  429: { en: 'it wants fewer requests; try later', zh: '请求过多，请稍后再试' },
  451: { en: 'the page is withheld for legal reasons', zh: '因法律原因不提供该网页' },
};

function toStatusError(status: number, url: string): HubError {
  const { en, zh } = reasons[status] ?? { en: 'the page cannot be had now', zh: '现在无法取得该网页' };
  return new HubError('unavailable', {
    en: `${toHost(url)} answered ${status}: ${en}.`,
    zh: `${toHost(url)} 返回 ${status}：${zh}。`,
  });
}

function toExcerpt(markdown: string): string {
  const plain = markdown
    .slice(0, excerptSourceCharacters)
    .replace(/!?\[([^\][]{0,500})\]\([^()\s]{0,2000}\)/g, '$1')
    .replace(/^[#>\-*|\s]+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length <= excerptCharacters ? plain : `${plain.slice(0, excerptCharacters - 1)}…`;
}

function toText(output: z.output<typeof Output>): string {
  const lines = [`Title: ${output.title}`, `URL: ${output.url}`];
  if (output.byline !== null) lines.push(`By: ${output.byline}`);
  if (output.published !== null) lines.push(`Published: ${output.published}`);
  lines.push('', output.markdown);
  if (output.nextStart !== null) {
    lines.push(
      '',
      `(Cut here: ${output.nextStart} of ${output.totalCharacters} characters. Call again with startAt ${output.nextStart} to read on.)`,
    );
  }
  return lines.join('\n');
}
