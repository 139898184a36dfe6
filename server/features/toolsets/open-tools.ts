import { LRUCache } from 'lru-cache';
import type { StoredToolsetTool } from '#server/contract/toolset.ts';
import type { ToolRecord, ToolsetRecord } from './toolset-record.ts';
import type { ToolsetRepository } from './toolset-repository.ts';

/** A tool that can be given to agents, with the toolset that it is called through. */
export type OpenTool = { id: string; toolset: ToolsetRecord; tool: StoredToolsetTool };

type Equipped = { toolset: ToolsetRecord; tools: Map<string, ToolRecord> };

// Several processes may serve one database; this is how long one may not know of another's changes.
const keptMs = 3000;

/**
 * Finds the tools that runs use, from memory where it can: this is on the way of every message of such an agent. A list
 * of an MCP server that holds no longer is loaded anew meanwhile.
 */
export function createToolOpener({
  repository,
  reload,
  now,
}: {
  repository: Pick<ToolsetRepository, 'listBySlug' | 'listTools'>;
  reload: (toolset: ToolsetRecord) => void;
  now: () => Date;
}) {
  const kept = new LRUCache<string, Promise<Equipped | null>>({ max: 1000, ttl: keptMs });

  async function load(ownerId: string, slug: string): Promise<Equipped | null> {
    const [toolset] = await repository.listBySlug(ownerId, [slug]);
    if (toolset === undefined) return null;
    const tools = (await repository.listTools(toolset.id)).filter(({ isEnabled }) => isEnabled);
    const isStale = toolset.staleAt === null || toolset.staleAt <= now();
    if (toolset.kind === 'mcp' && !toolset.needsSignIn && isStale) reload(toolset);
    return { toolset, tools: new Map(tools.map((tool) => [tool.name, tool])) };
  }

  function find(ownerId: string, slug: string): Promise<Equipped | null> {
    const key = `${ownerId} ${slug}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const found = load(ownerId, slug);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    return found;
  }

  return {
    forget: () => kept.clear(),
    /** Those of the identifiers (`<toolset>/<tool>`) that are there. */
    openTools: async (ownerId: string, ids: string[]): Promise<OpenTool[]> => {
      const found = await Promise.all(
        ids.map(async (id) => {
          const [slug = '', name = ''] = id.split('/', 2);
          const equipped = await find(ownerId, slug);
          const tool = equipped?.tools.get(name);
          return equipped === null || tool === undefined ? [] : [{ id, toolset: equipped.toolset, tool }];
        }),
      );
      return found.flat();
    },
  };
}
