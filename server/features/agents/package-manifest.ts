import { z } from 'zod';
import { AgentDefinition, AgentIdentity, AgentTool } from '#server/contract/agent-definition.ts';
import { Portrait } from '#server/contract/portrait.ts';

const parts = AgentDefinition.shape;
const identity = AgentIdentity.shape;

/** A tool with all its settings, or its identifier alone. */
const ManifestTool = z
  .union([AgentTool.shape.id, AgentTool], { error: 'Write a tool as its identifier, or as an object with an "id".' })
  .transform((tool) => (typeof tool === 'string' ? AgentTool.parse({ id: tool }) : tool));

/** `avatar.svg` (a file beside `agent.yaml`), or what to draw. */
const ManifestAvatar = z.union([z.string().regex(/^avatar\.(svg|png|jpg|webp|gif)$/), z.strictObject(Portrait.shape)], {
  error: 'Name a file such as "avatar.svg", or give "seed" and "color", and perhaps a "style".',
});

/** `agent.yaml`: an agent's definition without its instructions, which are in `prompt.md`. */
export const PackageManifest = z.strictObject({
  schemaVersion: z.literal(1),
  name: identity.name,
  handle: identity.handle,
  tagline: identity.tagline,
  description: identity.description,
  category: identity.category,
  tags: identity.tags,
  language: identity.language,
  avatar: ManifestAvatar,
  variables: parts.variables,
  model: parts.model,
  opening: parts.opening,
  translations: parts.translations,
  tools: z.array(ManifestTool).max(64).default([]),
  output: parts.output,
  guards: parts.guards,
  context: parts.context,
  memory: parts.memory,
  access: parts.access,
  budget: parts.budget,
});
export type PackageManifest = z.infer<typeof PackageManifest>;
