import { z } from 'zod';
import { LocalizedText } from './localized-text.ts';

/** A category of the hub; a hidden one is not offered, and its agents stay where they are. */
export const HubCategory = z.object({
  slug: z.string(),
  name: LocalizedText,
  hidden: z.boolean(),
  /** It came with the hub: it can be renamed and hidden, not deleted. */
  isBuiltIn: z.boolean(),
});
export type HubCategory = z.infer<typeof HubCategory>;
export const HubCategoryList = z.object({ items: z.array(HubCategory) });
