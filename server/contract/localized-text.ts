import { z } from 'zod';

/** A text in the languages of the page. */
export const LocalizedText = z.object({ en: z.string(), zh: z.string() });
export type LocalizedText = z.infer<typeof LocalizedText>;
