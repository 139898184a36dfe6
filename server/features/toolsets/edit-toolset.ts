import { v7 } from 'uuid';
import type { Actor } from '#server/contract/actor.ts';
import type {
  CreateToolsetInput,
  ToolsetCredential,
  ToolsetWithTools,
  UpdateToolsetInput,
} from '#server/contract/toolset.ts';
import { HubError } from '#server/hub-error.ts';
import { splitCredential } from './credentials.ts';
import { type FoundTools, toMcpTools, toOperationTools } from './load-tools.ts';
import { countTools, presentTool, presentToolset } from './present-toolset.ts';
import type { ToolsetAccess } from './toolset-access.ts';
import {
  commandUnknown,
  credentialMisfit,
  maximumToolsets,
  serverMissing,
  slugTaken,
  textMissing,
  toolsetNotFound,
  toolUnknown,
  tooManyToolsets,
} from './toolset-errors.ts';
import type { ToolsetPorts } from './toolset-ports.ts';
import type { ToolRecord, ToolsetRecord } from './toolset-record.ts';
import type { ToolsetRepository } from './toolset-repository.ts';
import { toFreeSlug, toSlug } from './to-slug.ts';

/** Up to so many, all tools of a new toolset can be given to agents; of more, a person chooses. */
const enabledAtOnce = 40;
const loadLimitMs = 60_000;
const notLoaded = { en: 'Its tools could not be loaded.', zh: '无法加载其工具。' };

type Needs = {
  repository: ToolsetRepository;
  access: ToolsetAccess;
  ports: Pick<ToolsetPorts<unknown, unknown, unknown>, 'readDescription' | 'mcp' | 'checkUrl' | 'commands' | 'now'>;
  get: (actor: Actor, id: string) => Promise<ToolsetRecord>;
  onChange: () => void;
};

/** Makes, changes and loads toolsets. */
export function createToolsetEditor({ repository, access, ports, get, onChange }: Needs) {
  const toLimit = (signal: AbortSignal | undefined) =>
    AbortSignal.any([AbortSignal.timeout(loadLimitMs), ...(signal === undefined ? [] : [signal])]);

  async function presentWhole(record: ToolsetRecord): Promise<ToolsetWithTools> {
    const tools = await repository.listTools(record.id);
    return {
      ...presentToolset(record, countTools(tools)),
      tools: tools.map((tool) => presentTool(record.slug, tool)),
    };
  }

  async function loadMcp(toolset: ToolsetRecord, signal: AbortSignal): Promise<FoundTools> {
    return toMcpTools(await ports.mcp.describe(access.toMcpServer(toolset), { signal }));
  }

  async function loadOperations(source: { text: string } | { url: string }, signal: AbortSignal): Promise<FoundTools> {
    try {
      return toOperationTools(await ports.readDescription(source, { signal }));
    } catch (error) {
      throw error instanceof HubError ? atField(error, 'text' in source ? 'body.text' : 'body.url') : error;
    }
  }

  function toTimes({ holdMs }: FoundTools): Pick<ToolsetRecord, 'loadedAt' | 'staleAt'> {
    const loadedAt = ports.now();
    return { loadedAt, staleAt: holdMs === null ? null : new Date(loadedAt.getTime() + holdMs) };
  }

  async function findSlug(ownerId: string, wished: string | undefined, name: string): Promise<string> {
    const slug = wished ?? toSlug(name);
    const taken = new Set(await repository.listSlugs(ownerId, slug.slice(0, 30)));
    if (wished !== undefined && taken.has(wished)) throw slugTaken(wished);
    return toFreeSlug(slug, taken);
  }

  function checkCredential({ kind, authorizationUrl, tokenUrl, clientId }: ToolsetCredential, isMcp: boolean): void {
    for (const [name, url] of Object.entries({ authorizationUrl, tokenUrl })) {
      if (url !== null) checkAddress(url, `body.credential.${name}`, ports.checkUrl);
    }
    if (isMcp && kind === 'client-credentials') {
      throw credentialMisfit('body.credential.kind', {
        en: 'For an MCP server choose a header, or a sign-in.',
        zh: 'MCP 服务器请选择请求头或登录。',
      });
    }
    const missing = Object.entries({ authorizationUrl, tokenUrl, clientId }).filter(([, value]) => value === null);
    if (!isMcp && kind === 'authorization-code' && missing.length > 0) {
      throw credentialMisfit(`body.credential.${missing[0]?.[0] ?? ''}`, {
        en: 'A sign-in with this service needs it.',
        zh: '登录此服务需要填写此项。',
      });
    }
  }

  function toNewRecord(
    actor: Actor,
    input: CreateToolsetInput,
  ): Omit<ToolsetRecord, 'createdAt' | 'updatedAt' | 'slug' | 'name'> {
    const id = v7();
    const { shown, secret } = splitCredential(input.credential);
    checkCredential(shown, input.kind === 'mcp');
    return {
      id,
      ownerId: actor.userId,
      kind: input.kind,
      description: '',
      sourceUrl: input.url ?? null,
      command: input.kind === 'mcp' ? (input.command ?? null) : null,
      serverUrl: null,
      credential: shown,
      credentialHints: [],
      secret: access.sealSecret(id, secret),
      grant: null,
      signInState: null,
      skipped: [],
      problem: null,
      needsSignIn: shown.kind === 'authorization-code',
      loadedAt: null,
      staleAt: null,
    };
  }

  async function store(
    record: Omit<ToolsetRecord, 'createdAt' | 'updatedAt'>,
    tools: ToolRecord[],
  ): Promise<ToolsetWithTools> {
    const created = await repository.create(record, tools);
    if (created === null) throw slugTaken(record.slug);
    onChange();
    return presentWhole(created);
  }

  async function create(actor: Actor, input: CreateToolsetInput, signal?: AbortSignal): Promise<ToolsetWithTools> {
    if ((await repository.count(actor.userId)) >= maximumToolsets) throw tooManyToolsets();
    if (input.url !== undefined) checkAddress(input.url, 'body.url', ports.checkUrl);
    const base = toNewRecord(actor, input);
    if (input.kind === 'mcp') {
      if (input.command !== undefined && ports.commands[input.command] === undefined)
        throw commandUnknown(input.command);
      const wished = input.name ?? input.command ?? new URL(input.url ?? '').hostname;
      const draft = { ...base, name: wished, slug: '', createdAt: ports.now(), updatedAt: ports.now() };
      const found = base.needsSignIn ? null : await loadMcp(draft, toLimit(signal));
      const name = (input.name ?? (found === null || found.name === '' ? wished : found.name)).slice(0, 60);
      const slug = await findSlug(actor.userId, input.slug, name);
      return store(
        {
          ...base,
          name,
          slug,
          ...(found === null ? {} : { description: found.description, skipped: found.skipped, ...toTimes(found) }),
        },
        withChoice(found?.tools ?? [], []),
      );
    }
    const source = input.text === undefined ? { url: input.url ?? '' } : { text: input.text };
    const found = await loadOperations(source, toLimit(signal));
    const serverUrl = input.serverUrl ?? found.servers[0];
    if (serverUrl === undefined || !URL.canParse(serverUrl)) throw serverMissing();
    checkAddress(serverUrl, 'body.serverUrl', ports.checkUrl);
    const name = (input.name ?? found.name).slice(0, 60);
    const slug = await findSlug(actor.userId, input.slug, name);
    const { description, skipped, credentialHints } = found;
    return store(
      { ...base, name, slug, serverUrl, description, skipped, credentialHints, ...toTimes(found) },
      withChoice(found.tools, []),
    );
  }

  async function update(actor: Actor, id: string, input: UpdateToolsetInput): Promise<ToolsetWithTools> {
    const toolset = await get(actor, id);
    const { name, serverUrl, credential, enabled } = input;
    if (serverUrl !== undefined) checkAddress(serverUrl, 'body.serverUrl', ports.checkUrl);
    if (enabled !== undefined) {
      const known = new Set((await repository.listTools(id)).map((tool) => tool.name));
      const unknown = enabled.filter((tool) => !known.has(tool));
      if (unknown.length > 0) throw toolUnknown(unknown);
    }
    const changes: Parameters<ToolsetRepository['update']>[1] = {
      ...(name === undefined ? {} : { name }),
      ...(serverUrl === undefined || toolset.kind === 'mcp' ? {} : { serverUrl }),
    };
    if (credential !== undefined) {
      const { shown, secret } = splitCredential(credential);
      checkCredential(shown, toolset.kind === 'mcp');
      Object.assign(changes, {
        credential: shown,
        secret: access.sealSecret(id, secret),
        grant: null,
        signInState: null,
        needsSignIn: shown.kind === 'authorization-code',
      });
    }
    const stored = await repository.update(id, changes);
    if (stored === null) throw toolsetNotFound(id);
    if (enabled !== undefined) await repository.enable(id, enabled);
    onChange();
    return presentWhole(stored);
  }

  /** Loads the tools anew; those that were chosen stay chosen. What goes wrong is kept as the toolset's problem. */
  async function load(toolset: ToolsetRecord, text?: string, signal?: AbortSignal): Promise<ToolsetRecord> {
    const found = await find(toolset, text, toLimit(signal)).catch(async (error: unknown) => {
      const problem = error instanceof HubError ? error.words : notLoaded;
      await repository.update(toolset.id, { problem });
      throw error;
    });
    const { description, skipped, credentialHints } = found;
    const tools = withChoice(found.tools, await repository.listTools(toolset.id));
    // A description is for everybody to read; what an MCP server has, it told who is signed in.
    const needsSignIn = toolset.kind === 'openapi' && toolset.needsSignIn;
    const changes = { description, skipped, credentialHints, problem: null, needsSignIn, ...toTimes(found) };
    const stored = await repository.update(toolset.id, changes, tools);
    if (stored === null) throw toolsetNotFound(toolset.id);
    onChange();
    return stored;
  }

  async function find(toolset: ToolsetRecord, text: string | undefined, signal: AbortSignal): Promise<FoundTools> {
    if (toolset.kind === 'mcp') {
      const server = access.toMcpServer(toolset);
      ports.mcp.forget(server.key);
      return loadMcp(toolset, signal);
    }
    if (text === undefined && toolset.sourceUrl === null) throw textMissing();
    const source = text === undefined ? { url: toolset.sourceUrl ?? '' } : { text };
    return loadOperations(source, signal);
  }

  return { create, update, load, presentWhole };
}

function withChoice(found: FoundTools['tools'], before: ToolRecord[]): ToolRecord[] {
  const known = new Map(before.map((tool) => [tool.name, tool.isEnabled]));
  return found.map((tool) => ({ ...tool, isEnabled: known.get(tool.name) ?? found.length <= enabledAtOnce }));
}

/** The same failure, with its places told at the field of the form that they come from. */
function atField(error: HubError, path: string): HubError {
  const errors = (error.issues.length > 0 ? error.issues : [{ path: '', message: error.words }]).map(
    ({ path: place, message: { en, zh } }) => ({
      path,
      message: place === '' ? { en, zh } : { en: `${place}: ${en}`, zh: `${place}：${zh}` },
    }),
  );
  return new HubError(error.code, error.words, { errors, cause: error });
}

function checkAddress(url: string, path: string, checkUrl: (url: string) => void): void {
  try {
    checkUrl(url);
  } catch (error) {
    throw error instanceof HubError ? atField(error, path) : error;
  }
}
