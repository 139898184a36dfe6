import type { Actor } from '#server/contract/actor.ts';
import type { Page, PageQuery } from '#server/contract/page.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import type {
  CreateToolsetInput,
  OAuthClientDocument,
  SignInEnd,
  Toolset,
  ToolsetPreset,
  ToolsetWithTools,
} from '#server/contract/toolset.ts';
import { readPageCursor, toPage } from '#server/page-cursor.ts';
import { createToolsetEditor } from './edit-toolset.ts';
import { createToolOpener } from './open-tools.ts';
import { presentToolset } from './present-toolset.ts';
import { asOperationWants } from './operation-security.ts';
import { createSignIns } from './sign-in.ts';
import { createToolsetAccess } from './toolset-access.ts';
import { mayNotManage, noClientDocument, toolsetNotFound } from './toolset-errors.ts';
import { canManageToolsets, canSeeToolsets } from './toolset-policy.ts';
import type { ToolsetPorts } from './toolset-ports.ts';
import { toolsetPresets } from './toolset-presets.ts';
import type { ToolsetRecord } from './toolset-record.ts';
import type { ToolsetRepository } from './toolset-repository.ts';

/**
 * Toolsets: tools that a person brings from elsewhere, for their agents. Everybody who may run such an agent uses its
 * owner's toolset and credentials through it, and sees neither.
 *
 * @param ports.mcp - its answers to calls are given on by `open…`, as they are
 */
export function createToolsetService<Result, Resource, Prompt>({
  repository,
  ports,
}: {
  repository: ToolsetRepository;
  ports: ToolsetPorts<Result, Resource, Prompt> & { logError: (error: unknown, message: string) => void };
}) {
  const opener = createToolOpener({ repository, reload: reloadMeanwhile, now: ports.now });
  const access = createToolsetAccess({
    repository,
    ports,
    onListChange: reloadMeanwhile,
    onSignInNeeded: opener.forget,
  });
  const signIns = createSignIns({ repository, access, ports });
  const reloading = new Set<string>();
  const editor = createToolsetEditor({ repository, access, ports, get, onChange: opener.forget });

  async function get(actor: Actor, id: string): Promise<ToolsetRecord> {
    if (!canSeeToolsets(actor)) throw toolsetNotFound(id);
    const record = await repository.find(id);
    if (record?.ownerId !== actor.userId) throw toolsetNotFound(id);
    return record;
  }

  function reloadMeanwhile(toolset: ToolsetRecord): void {
    if (reloading.has(toolset.id)) return;
    reloading.add(toolset.id);
    // What goes wrong is kept as the toolset's problem, for its owner.
    void editor
      .load(toolset)
      .catch(() => undefined)
      .finally(() => reloading.delete(toolset.id));
  }

  async function presentAll(records: ToolsetRecord[]): Promise<Toolset[]> {
    const counts = await repository.countTools(records.map(({ id }) => id));
    return records.map((record) => presentToolset(record, counts.get(record.id) ?? { toolCount: 0, enabledCount: 0 }));
  }

  return {
    listToolsets: async (actor: Actor, { limit, cursor }: PageQuery): Promise<Page<Toolset>> => {
      if (!canSeeToolsets(actor)) return { items: [], nextCursor: null };
      const found = await repository.list(actor.userId, { after: readPageCursor(cursor), limit: limit + 1 });
      const page = toPage(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
      return { items: await presentAll(page.items), nextCursor: page.nextCursor };
    },

    getToolset: async (actor: Actor, id: string): Promise<ToolsetWithTools> =>
      editor.presentWhole(await get(actor, id)),

    createToolset: async (actor: Actor, input: CreateToolsetInput, signal?: AbortSignal): Promise<ToolsetWithTools> => {
      if (!canManageToolsets(actor)) throw mayNotManage();
      return editor.create(actor, input, signal);
    },

    updateToolset: editor.update,

    /** Loads its tools anew from where they come from, or from the description that is sent. */
    loadToolset: async (actor: Actor, id: string, text?: string, signal?: AbortSignal): Promise<ToolsetWithTools> =>
      editor.presentWhole(await editor.load(await get(actor, id), text, signal)),

    deleteToolset: async (actor: Actor, id: string): Promise<void> => {
      const { id: found } = await get(actor, id);
      if (!(await repository.remove(found))) throw toolsetNotFound(id);
      opener.forget();
    },

    beginSignIn: async (actor: Actor, id: string) => signIns.begin(await get(actor, id)),

    /** Ends a sign-in, and loads the tools of an MCP server, which only now can be asked. */
    endSignIn: async (actor: Actor, answer: SignInEnd): Promise<ToolsetWithTools> => {
      if (!canSeeToolsets(actor)) throw mayNotManage();
      const toolset = await signIns.end(actor, answer);
      opener.forget();
      return editor.presentWhole(toolset.kind === 'mcp' ? await editor.load(toolset) : toolset);
    },

    /** @throws {HubError} `not_found`, when services cannot read it over https */
    describeClient: (): OAuthClientDocument => {
      const { clientMetadataUrl: url, redirectUrl } = ports;
      if (url === null) throw noClientDocument();
      return {
        client_id: url,
        client_name: 'Atrium',
        client_uri: new URL(url).origin,
        redirect_uris: [redirectUrl],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      };
    },

    listPresets: (): ToolsetPreset[] => [...toolsetPresets, ...Object.keys(ports.commands).map(toCommandPreset)],

    /** The person's own tools that can be given to agents, as the catalogue shows them. */
    listConnectedTools: async (actor: Actor): Promise<ToolSummary[]> => {
      if (!canSeeToolsets(actor)) return [];
      const found = await repository.listEnabled(actor.userId);
      return found.flatMap(({ toolset, tools }) =>
        tools.map(({ name, title, description, effect, inputSchema }) => ({
          id: `${toolset.slug}/${name}`,
          title: { en: title, zh: title },
          description: { en: description, zh: description },
          category: 'connected' as const,
          effect,
          toolset: { id: toolset.id, name: toolset.name },
          unavailable: toolset.needsSignIn ? signInFirst : null,
          onlyInRuns: null,
          inputSchema,
          outputSchema: {},
        })),
      );
    },

    openTools: opener.openTools,
    /** Sends a request to a toolset's service with its credential. */
    sendRequest: access.send,
    toShownRequest: access.toShown,
    /** @throws {HubError} `tool_unavailable` */
    asOperationWants,
    callMcpTool: (toolset: ToolsetRecord, call: Parameters<typeof ports.mcp.callTool>[1]): Promise<Result> =>
      ports.mcp.callTool(access.toMcpServer(toolset), call),
    readMcpResource: (
      toolset: ToolsetRecord,
      request: Parameters<typeof ports.mcp.readResource>[1],
    ): Promise<Resource> => ports.mcp.readResource(access.toMcpServer(toolset), request),
    getMcpPrompt: (toolset: ToolsetRecord, request: Parameters<typeof ports.mcp.getPrompt>[1]): Promise<Prompt> =>
      ports.mcp.getPrompt(access.toMcpServer(toolset), request),
  };
}

const signInFirst = {
  en: 'Somebody has to sign in with its service first: see Toolsets.',
  zh: '需要先登录它的服务：请打开“工具集”。',
};

const toCommandPreset = (command: string): ToolsetPreset => ({
  id: `command-${command}`,
  name: command,
  kind: 'mcp',
  url: null,
  command,
  description: {
    en: 'A server that the operator of this hub allows to be started here.',
    zh: '本中心的管理员允许在此启动的服务器。',
  },
  credential: { kind: 'none', in: null, name: null },
  helpUrl: null,
});

export type ToolsetService = ReturnType<typeof createToolsetService<unknown, unknown, unknown>>;
