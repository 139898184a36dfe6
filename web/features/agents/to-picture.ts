import type { Avatar } from '#server/contract/agent-definition.ts';
import { toFileAddress } from '#web/features/files/file-address.ts';
import { toAgentAddress } from './api/agent-address.ts';

/** An agent's avatar as a picture; one that is not yet saved is shown from its own file. */
export function toPicture(agent: { handle: string; avatar: Avatar }, saved: Avatar = agent.avatar) {
  const { avatar } = agent;
  if (avatar.kind === 'drawn') return avatar;
  const isSaved = saved.kind === 'file' && saved.file === avatar.file;
  const address = isSaved
    ? `${toAgentAddress(agent.handle, 'avatar')}?picture=${encodeURIComponent(avatar.file)}`
    : toFileAddress(avatar.file);
  return { kind: 'image' as const, address };
}
