import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { StoreFile, ToolResult } from '#server/runtime/tools/tool.ts';
import { withoutInvisible } from '#server/without-invisible.ts';
import { keepBytes } from './keep-bytes.ts';

/** What an MCP server answers a call with (revision 2026-07-28, "Tool Result"). */
export type McpAnswer = { isError: boolean; content: McpBlock[]; structured: JsonValue | null };

export type McpBlock =
  | { type: 'text'; text: string }
  | { type: 'image' | 'audio'; mediaType: string; bytes: Uint8Array }
  | ({ type: 'resource' } & McpResourceBlock)
  | { type: 'resource-link'; uri: string; name: string; description: string };

export type McpResourceBlock = {
  uri: string;
  mediaType: string | null;
  content: { text: string } | { bytes: Uint8Array };
};

type McpPromptAnswer = { messages: { role: 'user' | 'assistant'; content: McpBlock }[] };

type Kept = { text: string | null; artifact: Artifact | null };

const longestErrorCharacters = 2000;
const callFailed = { en: 'The server says that the call failed.', zh: '服务器表示调用失败。' };

/**
 * An answer of an MCP server as a tool's result: texts go to the model, images and other bytes become files of the run.
 *
 * @throws {HubError} `unavailable`, where the server says that the call failed
 */
export async function readMcpAnswer(answer: McpAnswer, storeFile: StoreFile): Promise<ToolResult<JsonValue>> {
  const kept: Kept[] = [];
  for (const block of answer.content) kept.push(await keepBlock(block, storeFile));
  const texts = kept.flatMap(({ text }) => (text === null ? [] : [text]));
  if (answer.isError) {
    const said = texts.join('\n').slice(0, longestErrorCharacters);
    throw new HubError('unavailable', said === '' ? callFailed : { en: said, zh: said });
  }
  const artifacts = kept.flatMap(({ artifact }) => (artifact === null ? [] : [artifact]));
  const output = answer.structured ?? toOutput(texts);
  return { output, ...(answer.structured === null ? { text: texts.join('\n\n') } : {}), artifacts };
}

/** Resources of an MCP server, read for a model. */
export async function readMcpResources(
  resources: McpResourceBlock[],
  storeFile: StoreFile,
): Promise<ToolResult<JsonValue>> {
  const content = resources.map((resource) => ({ type: 'resource' as const, ...resource }));
  return readMcpAnswer({ isError: false, content, structured: null }, storeFile);
}

/** A prompt that an MCP server filled in, as a model may read it. */
export async function readMcpPrompt(
  { messages }: McpPromptAnswer,
  storeFile: StoreFile,
): Promise<ToolResult<JsonValue>> {
  const parts: JsonObject[] = [];
  const artifacts: Artifact[] = [];
  for (const { role, content } of messages) {
    const { text, artifact } = await keepBlock(content, storeFile);
    parts.push({ role, text });
    if (artifact !== null) artifacts.push(artifact);
  }
  return { output: { messages: parts }, artifacts };
}

/** A prompt that an MCP server filled in, as a person may read it and send it on. Pure. */
export function toPromptText({ messages }: McpPromptAnswer): { text: string; leftOut: number } {
  const isTalk = messages.some(({ role }) => role === 'assistant');
  const texts = messages.map(({ role, content }) => {
    const text = toText(content);
    return text !== null && isTalk ? `${role === 'assistant' ? 'Assistant' : 'User'}: ${text}` : text;
  });
  const told = texts.filter((text) => text !== null);
  return { text: withoutInvisible(told.join('\n\n')), leftOut: texts.length - told.length };
}

const toOutput = (texts: string[]): JsonObject => ({ text: texts.join('\n\n') });

/** Null: it is bytes. */
function toText(block: McpBlock): string | null {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'image':
    case 'audio':
      return null;
    case 'resource-link':
      return `${block.name}: ${block.uri} ${block.description}`.trim();
    case 'resource':
      return 'text' in block.content ? `${block.uri}\n${block.content.text}` : null;
  }
}

async function keepBlock(block: McpBlock, storeFile: StoreFile): Promise<Kept> {
  if (block.type === 'image' || block.type === 'audio')
    return keepFile(block.bytes, block.mediaType, block.type, storeFile);
  if (block.type === 'resource' && 'bytes' in block.content)
    return keepFile(block.content.bytes, block.mediaType ?? 'application/octet-stream', block.uri, storeFile);
  return { text: toText(block), artifact: null };
}

async function keepFile(bytes: Uint8Array, mediaType: string, title: string, storeFile: StoreFile): Promise<Kept> {
  const { file, size, artifact } = await keepBytes({ title, mediaType, bytes }, storeFile);
  return { text: `[${mediaType}, ${size} bytes: the person sees it as file ${file}]`, artifact };
}
