import { z } from 'zod';
import { VersionReference } from './agent.ts';
import { AnsweringVersion } from './run.ts';

/** A prompt that an MCP server offers, with what it asks for. The texts are a stranger's. */
export const OfferedPrompt = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  parameters: z.array(z.object({ name: z.string(), description: z.string(), isRequired: z.boolean() })),
});
export type OfferedPrompt = z.infer<typeof OfferedPrompt>;

/** A prompt that the people who talk to an agent can pick, because the agent was given the tool that fills it in. */
export const AgentPrompt = OfferedPrompt.extend({
  /** `<toolset>/<tool>`. */
  tool: z.string(),
  /** What the agent's owner calls the toolset. */
  toolset: z.string(),
});
export type AgentPrompt = z.infer<typeof AgentPrompt>;

/** Whose prompts: those of the draft, of a published version, or (left out) of the newest one. */
export const PromptQuery = z.strictObject({
  version: VersionReference.optional(),
});

export const FillPromptInput = z.strictObject({
  tool: z.string().max(200),
  name: z.string().min(1).max(200),
  arguments: z.record(z.string().max(200), z.string().max(20_000)).default({}),
  version: AnsweringVersion.optional(),
});
export type FillPromptInput = z.infer<typeof FillPromptInput>;

export const FilledPrompt = z.object({
  /** What a message can be made of. A stranger wrote it. */
  text: z.string(),
  /** Pictures, sounds and other bytes of the prompt, which a text cannot hold. */
  leftOut: z.number().int(),
});
export type FilledPrompt = z.infer<typeof FilledPrompt>;
