import type { Toolset, ToolsetTool } from '#server/contract/toolset.ts';
import type { ToolRecord, ToolsetRecord } from './toolset-record.ts';
import type { ToolsetCounts } from './toolset-repository.ts';

/** A toolset as its owner sees it. Pure. */
export function presentToolset(record: ToolsetRecord, counts: ToolsetCounts): Toolset {
  const { id, slug, name, kind, description, serverUrl, credential, needsSignIn, skipped, problem } = record;
  return {
    id,
    slug,
    name,
    kind,
    description,
    sourceUrl: record.sourceUrl,
    serverUrl,
    credential,
    credentialHints: record.credentialHints,
    needsSignIn,
    ...counts,
    skipped,
    problem: problem?.en ?? null,
    problemWords: problem,
    loadedAt: record.loadedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

export function presentTool(slug: string, { invocation, ...tool }: ToolRecord): ToolsetTool {
  const { name, title, description, effect, isEnabled, inputSchema } = tool;
  const operation =
    invocation.kind === 'operation'
      ? `${invocation.operation.method.toUpperCase()} ${invocation.operation.path}`
      : null;
  return { id: `${slug}/${name}`, name, title, description, effect, isEnabled, operation, inputSchema };
}

export const countTools = (tools: ToolRecord[]): ToolsetCounts => ({
  toolCount: tools.length,
  enabledCount: tools.filter(({ isEnabled }) => isEnabled).length,
});
