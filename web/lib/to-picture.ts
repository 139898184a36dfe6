import type { AgentSummary } from '#server/contract/agent.ts';

/** An agent's avatar as a picture. */
export function toPicture({ handle, avatar }: Pick<AgentSummary, 'handle' | 'avatar'>) {
  if (avatar.kind === 'drawn') return avatar;
  const version = encodeURIComponent(avatar.file);
  return { kind: 'image' as const, address: `/api/agents/${encodeURIComponent(handle)}/avatar?picture=${version}` };
}
