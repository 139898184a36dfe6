import { createEmbedEditor } from './edit-embed.ts';
import type { EmbedPorts } from './embed-ports.ts';
import type { EmbedRepository } from './embed-repository.ts';
import { createVisitReceiver } from './receive-visits.ts';

/** Agents shown in other sites: what their owners allow, and the visitors who come of it. */
export function createEmbedService(needs: { repository: EmbedRepository; ports: EmbedPorts }) {
  return { ...createEmbedEditor(needs), ...createVisitReceiver(needs) };
}
export type EmbedService = ReturnType<typeof createEmbedService>;
