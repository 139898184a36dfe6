import { z } from 'zod';
import { ModelReference } from './agent-definition.ts';

/** The models that read aloud and write down for people; null: their browsers do, where they can. */
export const SpeechModels = z.strictObject({
  speech: ModelReference.nullable(),
  /** As the provider of the speech model names it. */
  voice: z.string().trim().min(1).max(60).default('alloy'),
  transcription: ModelReference.nullable(),
});
export type SpeechModels = z.infer<typeof SpeechModels>;

/** The longest text that is read aloud at once. */
export const longestSpokenText = 4096;

export const SpeakInput = z.strictObject({ text: z.string().trim().min(1).max(longestSpokenText) });
export type SpeakInput = z.infer<typeof SpeakInput>;

/** What was said in a recording. */
export const Transcription = z.object({ text: z.string() });
export type Transcription = z.infer<typeof Transcription>;
