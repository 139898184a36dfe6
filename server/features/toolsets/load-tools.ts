import type { JsonObject } from '#server/contract/json.ts';
import type { OfferedPrompt } from '#server/contract/prompt.ts';
import type { StoredToolsetTool, Toolset } from '#server/contract/toolset.ts';
import type { OpenApiDescription } from '#server/contract/openapi-operation.ts';
import { toCredentialHints } from './to-credential-hints.ts';
import type { McpListing } from './toolset-ports.ts';

/** What was found at a toolset's source. */
export type FoundTools = {
  name: string;
  description: string;
  servers: string[];
  tools: StoredToolsetTool[];
  skipped: Toolset['skipped'];
  credentialHints: Toolset['credentialHints'];
  /** How long they hold, where they are listed anew by themselves. */
  holdMs: number | null;
};

const longestDescription = 2000;
const mostListed = 50;
const tooBig = {
  en: 'Its name or its schema is too big, or the server has too many tools.',
  zh: '其名称或 Schema 过大，或服务器的工具过多。',
};
const longestHint = 120;
const longestShown = 500;
const mostParameters = 20;
const usualHoldMs = 15 * 60_000;
/** A server that changes at each look would be asked all the time, one that never does would be asked no more. */
const holdRangeMs = { shortest: 60_000, longest: 24 * 60 * 60_000 };

/** The operations of a description as tools. Pure. */
export function toOperationTools(found: OpenApiDescription): FoundTools {
  const { title, description, servers, securitySchemes, operations, skipped } = found;
  return {
    name: title,
    description: description.slice(0, longestDescription),
    servers,
    tools: operations.map((operation) => ({
      name: operation.name,
      title: operation.title,
      description: operation.description,
      effect: operation.effect,
      inputSchema: operation.inputSchema,
      invocation: { kind: 'operation', operation },
    })),
    skipped: skipped.slice(0, 500),
    credentialHints: toCredentialHints(securitySchemes),
    holdMs: null,
  };
}

/** The tools of an MCP server; its resources and prompts become one tool each, so that models can use them. Pure. */
export function toMcpTools(listing: McpListing): FoundTools {
  const { name, timeToLiveMs, instructions, tools, omittedTools, resources, resourceTemplates, prompts } = listing;
  const found: StoredToolsetTool[] = tools.map((tool) => ({
    name: tool.name,
    title: tool.title ?? tool.name,
    description: tool.description,
    effect: tool.effect,
    inputSchema: tool.inputSchema,
    invocation: { kind: 'mcp-tool' },
  }));
  const taken = new Set(tools.map((tool) => tool.name));
  const readable = [...resources, ...resourceTemplates.map(({ uriTemplate, name }) => ({ uri: uriTemplate, name }))];
  if (readable.length > 0 && !taken.has('read_resource')) found.push(toResourceTool(readable));
  if (prompts.length > 0 && !taken.has('get_prompt')) found.push(toPromptTool(prompts));
  return {
    name,
    description: (instructions ?? '').slice(0, longestDescription),
    servers: [],
    tools: found,
    skipped: omittedTools.map((operation) => ({ operation, reason: tooBig.en, words: tooBig })),
    credentialHints: [],
    holdMs: Math.min(holdRangeMs.longest, Math.max(holdRangeMs.shortest, timeToLiveMs ?? usualHoldMs)),
  };
}

function toResourceTool(resources: Pick<McpListing['resources'][number], 'uri' | 'name'>[]): StoredToolsetTool {
  const list = resources.slice(0, mostListed).map(({ uri, name }) => `${uri} (${name})`);
  return {
    name: 'read_resource',
    title: 'Read a resource',
    description:
      `Reads a resource of the server by its URI; of a template, with values in place of its braces. Known: ${list.join('; ')}`.slice(
        0,
        longestDescription,
      ),
    effect: 'read',
    inputSchema: toObjectSchema({ uri: { type: 'string', minLength: 1, maxLength: 2000 } }, ['uri']),
    invocation: { kind: 'mcp-resource' },
  };
}

function toPromptTool(prompts: McpListing['prompts']): StoredToolsetTool {
  const list = prompts.slice(0, mostListed).map(({ name, description, parameters }) => {
    const names = parameters.map((parameter) => `${parameter.name}${parameter.isRequired ? '' : '?'}`);
    return `${name}(${names.join(', ')})${description === '' ? '' : `: ${description.slice(0, longestHint)}`}`;
  });
  return {
    name: 'get_prompt',
    title: 'Get a prompt',
    description: `Fills in a prompt that the server offers. Known: ${list.join('; ')}`.slice(0, longestDescription),
    effect: 'read',
    inputSchema: toObjectSchema(
      {
        name: { type: 'string', minLength: 1, maxLength: 200 },
        arguments: { type: 'object', additionalProperties: { type: 'string' } },
      },
      ['name'],
    ),
    invocation: { kind: 'mcp-prompt', prompts: prompts.slice(0, mostListed).map(toOfferedPrompt) },
  };
}

const toOfferedPrompt = ({ name, title, description, parameters }: McpListing['prompts'][number]): OfferedPrompt => ({
  name,
  title: title ?? name,
  description: description.slice(0, longestShown),
  parameters: parameters
    .slice(0, mostParameters)
    .map((parameter) => ({ ...parameter, description: parameter.description.slice(0, longestShown) })),
});

const toObjectSchema = (properties: JsonObject, required: string[]): JsonObject => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
