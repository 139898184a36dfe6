import { createHash } from 'node:crypto';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';

/**
 * A digest of what the answers of a draft rest on: who may use it, where it stands on the hub and what is shown around a
 * conversation can change without it, so that what passed stays passed while an agent is published. Pure.
 */
export function digestDraft(definition: AgentDefinition): string {
  const { access: _access, translations: _translations, opening: _opening, identity, ...asked } = definition;
  const { name, tagline, language } = identity;
  return createHash('sha256')
    .update(JSON.stringify({ ...asked, identity: { name, tagline, language } }))
    .digest('base64url');
}
