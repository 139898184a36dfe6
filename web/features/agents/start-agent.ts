import type { Agent } from '#server/contract/agent.ts';
import { createAgent } from './api/create-agent.ts';
import { duplicateAgent } from './api/duplicate-agent.ts';
import { updateDraft } from './api/update-draft.ts';
import { drawAvatar } from './draw-avatar.ts';

const longestTagline = 120;

/** Makes an agent from nothing, or from a copy of another; what it should do becomes its tagline and instructions. */
export async function startAgent({
  name,
  purpose,
  template,
}: {
  name: string;
  purpose: string;
  template: string | null;
}): Promise<Agent> {
  const tagline = purpose.length <= longestTagline ? purpose : '';
  if (template === null) {
    return createAgent({ name, identity: { avatar: drawAvatar(), tagline }, definition: { instructions: purpose } });
  }
  const copy = await duplicateAgent(template, name);
  if (purpose === '' || copy.draftRevision === null) return copy;
  const { identity, instructions } = copy.definition;
  return updateDraft(copy.id, copy.draftRevision, {
    identity: { ...identity, tagline: tagline || identity.tagline },
    instructions: instructions === '' ? purpose : `${purpose}\n\n${instructions}`,
  });
}
