import { z } from 'zod';
import type { Client, Prompt, Resource, ResourceTemplateType, Tool } from '@modelcontextprotocol/client';
import { JsonObject } from '#server/contract/json.ts';
import type { Sdk } from './load-sdk.ts';
import { findRpcFailure } from './mcp-errors.ts';
import type { McpDescription, McpPrompt, McpResource, McpResourceTemplate, McpTool } from './mcp-server.ts';
import { cutText, cutTextOrNull, toPlainSchema } from './shown-text.ts';

type Needs = {
  client: Client;
  sdk: Sdk;
  /** Of the server, for one without a name. */
  shown: string;
  tools: number;
  requestOptions: { signal: AbortSignal; timeout: number; cacheMode: 'use' | 'refresh' };
};

const nameCharacters = 128;
const textCharacters = 4000;
const mostOthers = 200;

const Lasting = z.object({ ttlMs: z.number().nonnegative() });
const toolName = /^[^\p{C}\p{Z}]+$/u;

function toTool(tool: Tool): McpTool | null {
  const input = JsonObject.safeParse(tool.inputSchema);
  const inputSchema = input.success ? toPlainSchema(input.data) : null;
  if (inputSchema === null || tool.name.length > nameCharacters || !toolName.test(tool.name)) return null;
  const output = JsonObject.safeParse(tool.outputSchema);
  return {
    name: tool.name,
    title: cutTextOrNull(tool.title ?? tool.annotations?.title, nameCharacters),
    description: cutText(tool.description ?? '', textCharacters),
    effect: tool.annotations?.readOnlyHint === true ? 'read' : 'write',
    inputSchema,
    outputSchema: output.success ? toPlainSchema(output.data) : null,
  };
}

function toTools(listed: Tool[], most: number): Pick<McpDescription, 'tools' | 'omittedTools'> {
  const tools = new Map<string, McpTool>();
  const omitted = new Set<string>();
  for (const one of listed) {
    const tool = tools.size < most ? toTool(one) : null;
    if (tool === null) omitted.add(cutText(one.name, nameCharacters));
    else if (!tools.has(tool.name)) tools.set(tool.name, tool);
  }
  return { tools: [...tools.values()], omittedTools: [...omitted].slice(0, mostOthers) };
}

type Described = Pick<Resource, 'name' | 'title' | 'description' | 'mimeType'>;

const toFacts = ({ name, title, description, mimeType }: Described) => ({
  name: cutText(name, nameCharacters),
  title: cutTextOrNull(title, nameCharacters),
  description: cutText(description ?? '', textCharacters),
  mediaType: cutTextOrNull(mimeType, nameCharacters),
});

export const toResource = (resource: Resource): McpResource => ({ uri: resource.uri, ...toFacts(resource) });

const toTemplate = (template: ResourceTemplateType): McpResourceTemplate => ({
  uriTemplate: template.uriTemplate,
  ...toFacts(template),
});

const toPrompt = (prompt: Prompt): McpPrompt => ({
  name: prompt.name,
  title: cutTextOrNull(prompt.title, nameCharacters),
  description: cutText(prompt.description ?? '', textCharacters),
  parameters: (prompt.arguments ?? []).slice(0, mostOthers).map((parameter) => ({
    name: parameter.name,
    description: cutText(parameter.description ?? '', textCharacters),
    isRequired: parameter.required === true,
  })),
});

/** Lists all that a server offers, within limits; a list that it announces but does not have counts as empty. */
export async function describeServer({
  client,
  sdk,
  shown,
  tools: most,
  requestOptions,
}: Needs): Promise<McpDescription> {
  const offered = client.getServerCapabilities() ?? {};
  const unknownMethod: number = sdk.ProtocolErrorCode.MethodNotFound;
  const orNone = <List>(asked: Promise<List>, none: List) =>
    asked.catch((error: unknown) => {
      if (findRpcFailure(error, sdk)?.code === unknownMethod) return none;
      throw error;
    });
  const none = { tools: [], resources: [], resourceTemplates: [], prompts: [] };
  const [listed, { resources }, { resourceTemplates }, { prompts }] = await Promise.all([
    offered.tools === undefined ? none : client.listTools(undefined, requestOptions),
    offered.resources === undefined ? none : orNone(client.listResources(undefined, requestOptions), none),
    offered.resources === undefined ? none : orNone(client.listResourceTemplates(undefined, requestOptions), none),
    offered.prompts === undefined ? none : orNone(client.listPrompts(undefined, requestOptions), none),
  ]);
  const self = client.getServerVersion();
  return {
    name: cutText(self?.title ?? self?.name ?? shown, nameCharacters),
    version: cutText(self?.version ?? '', nameCharacters),
    protocolVersion: client.getNegotiatedProtocolVersion() ?? '',
    instructions: cutTextOrNull(client.getInstructions(), textCharacters),
    ...toTools(listed.tools, most),
    resources: resources.slice(0, mostOthers).map(toResource),
    resourceTemplates: resourceTemplates.slice(0, mostOthers).map(toTemplate),
    prompts: prompts.slice(0, mostOthers).map(toPrompt),
    timeToLiveMs: Lasting.safeParse(listed).data?.ttlMs ?? null,
  };
}
