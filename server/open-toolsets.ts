import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { OpenTool } from '#server/features/toolsets/open-tools.ts';
import { createToolsetRepository } from '#server/features/toolsets/toolset-repository.ts';
import { createToolsetService } from '#server/features/toolsets/toolset-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import type { HubEnvironment } from '#server/platform/env.ts';
import { createMcpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import { createOAuthClient } from '#server/platform/oauth/create-oauth-client.ts';
import { createOpenApiReader } from '#server/platform/openapi/openapi-reader.ts';
import type { Secrets } from '#server/platform/secrets.ts';
import { callOperation } from '#server/runtime/tools/connected/call-operation.ts';
import {
  readMcpAnswer,
  readMcpPrompt,
  readMcpResources,
  toPromptText,
} from '#server/runtime/tools/connected/read-mcp-result.ts';
import type { ServiceRequest } from '#server/runtime/tools/connected/service-request.ts';
import type { ConnectedTool } from '#server/runtime/tools/connected-tool.ts';
import type { StoreFile, ToolContext, ToolResult } from '#server/runtime/tools/tool.ts';

type Needs = {
  database: Database;
  environment: Pick<HubEnvironment, 'mcpCommands'>;
  secrets: Secrets;
  egress: Egress;
  baseUrl: string;
  version: string;
  workersFolder: URL;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

type CallContext = ToolContext & { storeFile: StoreFile };
const callTimeoutMs = 60_000;
const longestShownBody = 20_000;

/** The toolsets' part of the wiring: how their tools are read, signed in to and called. */
export function openToolsets({ database, environment, egress, baseUrl, version, workersFolder, ...rest }: Needs) {
  const mcp = createMcpClients({ fetch: egress.streamingFetch, version });
  const openApi = createOpenApiReader({
    workerFile: new URL('openapi-worker.js', workersFolder),
    fetch: egress.fetch,
  });
  const toolsets = createToolsetService({
    repository: createToolsetRepository({ database }),
    ports: {
      ...rest,
      readDescription: openApi.read,
      mcp,
      oauth: createOAuthClient({ fetch: egress.streamingFetch }),
      fetch: ({ url, body, ...request }, limits) =>
        egress.fetch(url, { ...request, ...limits, ...(body === null ? {} : { body }) }),
      checkUrl: egress.checkUrl,
      commands: environment.mcpCommands,
      redirectUrl: `${baseUrl}/toolsets/signed-in`,
      clientMetadataUrl: baseUrl.startsWith('https:') ? `${baseUrl}${clientMetadataPath}` : null,
    },
  });

  async function call(
    { toolset, tool }: OpenTool,
    input: JsonObject,
    context: CallContext,
  ): Promise<ToolResult<JsonValue>> {
    const { signal, storeFile, lendFile, reportProgress, reportRequest } = context;
    const { invocation } = tool;
    switch (invocation.kind) {
      case 'operation': {
        const { operation } = invocation;
        const service = toolsets.asOperationWants(toolset, operation);
        return callOperation({
          operation,
          serverUrl: operation.server ?? toolset.serverUrl ?? '',
          input,
          storeFile,
          lendFile,
          signal,
          send: (request, limits) => {
            const { body, ...shown } = toolsets.toShownRequest(service, request);
            reportRequest?.({ ...shown, body: showBody(body) });
            return toolsets.sendRequest(service, request, limits);
          },
        });
      }
      case 'mcp-tool':
        return readMcpAnswer(
          await toolsets.callMcpTool(toolset, {
            name: tool.name,
            input,
            signal,
            timeoutMs: callTimeoutMs,
            reportProgress: ({ progress, total, message }) =>
              reportProgress(message ?? (total === null ? String(progress) : `${progress} / ${total}`)),
          }),
          storeFile,
        );
      case 'mcp-resource':
        return readMcpResources(
          await toolsets.readMcpResource(toolset, { uri: textOf(input['uri']), signal }),
          storeFile,
        );
      case 'mcp-prompt': {
        const parameters = Object.fromEntries(
          Object.entries((input['arguments'] ?? {}) as JsonObject).map(([name, value]) => [name, textOf(value)]),
        );
        return readMcpPrompt(
          await toolsets.getMcpPrompt(toolset, { name: textOf(input['name']), parameters, signal }),
          storeFile,
        );
      }
    }
  }

  return {
    toolsets,
    findConnectedTools: async (ownerId: string, ids: string[]): Promise<ConnectedTool[]> =>
      (await toolsets.openTools(ownerId, ids)).map((open) => ({
        id: open.id,
        toolset: { id: open.toolset.id, name: open.toolset.name, needsSignIn: open.toolset.needsSignIn },
        title: open.tool.title,
        description: open.tool.description,
        effect: open.tool.effect,
        inputSchema: open.tool.inputSchema,
        call: (input, context) => call(open, input, context),
      })),
    fillPrompt: async (
      toolset: OpenTool['toolset'],
      request: { name: string; parameters: Record<string, string>; signal: AbortSignal },
    ) => toPromptText(await toolsets.getMcpPrompt(toolset, request)),
    close: async () => {
      await Promise.all([mcp.close(), openApi.close()]);
    },
  };
}

/** Where services read who this hub is (OAuth client id metadata document). */
export const clientMetadataPath = '/api/oauth-client';

/** The input fits its schema, so these are texts. */
const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : JSON.stringify(value));

function showBody(body: ServiceRequest['body']): string | null {
  if (body === null) return null;
  const text =
    typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : body.shown;
  return text.length <= longestShownBody ? text : `${text.slice(0, longestShownBody)}…`;
}
