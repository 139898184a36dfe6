import type { CallToolResult, ContentBlock, ReadResourceResult } from '@modelcontextprotocol/client';
import { JsonValue } from '#server/contract/json.ts';
import { toResource } from './describe-server.ts';
import type { McpContent, McpResourceContent, McpResult } from './mcp-server.ts';
import { cutText } from './shown-text.ts';

type Contents = ReadResourceResult['contents'][number];

const toBytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

export const toResourceContent = (contents: Contents): McpResourceContent => ({
  uri: contents.uri,
  mediaType: contents.mimeType ?? null,
  content: 'text' in contents ? { text: contents.text } : { bytes: toBytes(contents.blob) },
});

/** A block of content with its bytes as bytes. */
export function toContent(block: ContentBlock): McpContent {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text };
    case 'image':
    case 'audio':
      return { type: block.type, mediaType: block.mimeType, bytes: toBytes(block.data) };
    case 'resource':
      return { type: 'resource', ...toResourceContent(block.resource) };
    case 'resource_link':
      return { type: 'resource-link', ...toResource(block) };
  }
}

export const toResult = (result: CallToolResult): McpResult => ({
  isError: result.isError === true,
  content: result.content.map(toContent),
  structured: JsonValue.safeParse(result.structuredContent).data ?? null,
});

/** A refusal of the call itself as a result, so that a model can mend what it asked for. */
export const toRefusal = (message: string): McpResult => ({
  isError: true,
  content: [{ type: 'text', text: cutText(message, 2000) }],
  structured: null,
});
