import { HubError } from '#server/hub-error.ts';

export type DecodedPage = { kind: 'html' | 'text'; text: string };

const textTypes = /^(?:text\/|application\/(?:.+\+)?(?:json|xml|yaml|x-yaml|toml|javascript|x-ndjson|rss|atom)\b)/;

/**
 * Finds out what a page's bytes are and decodes them by their charset (byte order mark, header, `<meta>`, else UTF-8).
 *
 * @throws {HubError} `unsupported_media_type`, when it is not text
 */
export function decodePage(bytes: Uint8Array, contentType: string): DecodedPage {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2_048));
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/pdf' || start.startsWith('%PDF-')) {
    throw new HubError('unsupported_media_type', {
      en: 'This is a PDF file. PDFs are read as attachments: download it and attach it to the message.',
      zh: '这是 PDF 文件。PDF 以附件方式读取：请下载后附在消息中。',
    });
  }
  const looksLikeHtml = /^\s*(?:<!doctype html|<html|<head|<body|<!--)/i.test(start.replace(/^\u00ef\u00bb\u00bf/, ''));
  const isHtml = /^(?:text\/html|application\/xhtml\+xml)$/.test(mediaType) || (mediaType === '' && looksLikeHtml);
  const isText = isHtml || mediaType === '' || textTypes.test(mediaType);
  const charset = findCharset(start, contentType, isHtml);
  if (!isText || (!charset.startsWith('utf-16') && bytes.subarray(0, 2_048).includes(0))) {
    throw new HubError('unsupported_media_type', {
      en: `The address holds ${mediaType === '' ? 'bytes' : mediaType}, not a page of text. Pages, plain text, Markdown, JSON and XML can be read.`,
      zh: `此地址的内容是${mediaType === '' ? '二进制数据' : ` ${mediaType}`}，不是文本页面。可以读取网页、纯文本、Markdown、JSON 和 XML。`,
    });
  }
  const text = toDecoder(charset).decode(bytes);
  return { kind: isHtml ? 'html' : 'text', text: mediaType.includes('json') ? toReadableJson(text) : text };
}

function findCharset(start: string, contentType: string, isHtml: boolean): string {
  if (start.startsWith('\u00ef\u00bb\u00bf')) return 'utf-8';
  if (start.startsWith('\u00ff\u00fe')) return 'utf-16le';
  if (start.startsWith('\u00fe\u00ff')) return 'utf-16be';
  const named = /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1];
  const meta = isHtml ? /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(start)?.[1] : undefined;
  return (named ?? meta ?? 'utf-8').toLowerCase();
}

function toDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder('utf-8');
  }
}

function toReadableJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
