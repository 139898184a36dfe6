import { z } from 'zod';

/** How a picture is drawn; the names are those of DiceBear's styles. */
export const PortraitStyle = z.enum([
  'shapes',
  'icons',
  'thumbs',
  'rings',
  'glass',
  'identicon',
  'pixel-art',
  'notionists-neutral',
]);
export type PortraitStyle = z.infer<typeof PortraitStyle>;

/** What a picture is drawn from: the same three give the same picture. Drawn before there were styles means `shapes`. */
export const Portrait = z.object({
  style: PortraitStyle.default('shapes'),
  seed: z.string().max(80),
  color: z.string().regex(/^#[0-9a-f]{6}$/i),
});
export type Portrait = z.infer<typeof Portrait>;
