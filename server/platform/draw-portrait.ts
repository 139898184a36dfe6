import { createAvatar, type Style } from '@dicebear/core';
import type { Portrait, PortraitStyle } from '#server/contract/portrait.ts';

type Recipe = { open: () => Promise<Style<object>>; toColors: (color: string) => Record<string, string[]> };

/** A colour mixed with white (> 0) or black (< 0), as DiceBear writes colours: without a #. */
function mix(color: string, share: number): string {
  const toward = share > 0 ? 255 : 0;
  const channels = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16);
    return Math.round(value + (toward - value) * Math.abs(share));
  });
  return channels.map((value) => value.toString(16).padStart(2, '0')).join('');
}

/* Only designs that ask for no mention of their author wherever a picture is shown (CC0, and the MIT licence of the icons). */
const recipes: Record<PortraitStyle, Recipe> = {
  shapes: {
    open: () => import('@dicebear/shapes'),
    toColors: (color) => ({
      backgroundColor: [mix(color, 0)],
      shape1Color: [mix(color, 0.7), mix(color, 0.4), mix(color, -0.25)],
      shape2Color: [mix(color, 0.2), mix(color, 0.4), mix(color, -0.4)],
      shape3Color: [mix(color, 0.7), mix(color, 0.85)],
    }),
  },
  icons: { open: () => import('@dicebear/icons'), toColors: (color) => ({ backgroundColor: [mix(color, 0)] }) },
  thumbs: {
    open: () => import('@dicebear/thumbs'),
    toColors: (color) => ({
      backgroundColor: [mix(color, 0.7)],
      shapeColor: [mix(color, 0)],
      eyesColor: ['ffffff'],
      mouthColor: ['ffffff'],
    }),
  },
  rings: {
    open: () => import('@dicebear/rings'),
    toColors: (color) => ({ backgroundColor: [mix(color, 0.85)], ringColor: [mix(color, 0)] }),
  },
  glass: { open: () => import('@dicebear/glass'), toColors: (color) => ({ backgroundColor: [mix(color, 0)] }) },
  identicon: {
    open: () => import('@dicebear/identicon'),
    toColors: (color) => ({ backgroundColor: [mix(color, 0.85)], rowColor: [mix(color, 0)] }),
  },
  'pixel-art': {
    open: () => import('@dicebear/pixel-art'),
    toColors: (color) => ({ backgroundColor: [mix(color, 0.7)], clothingColor: [mix(color, 0)] }),
  },
  'notionists-neutral': {
    open: () => import('@dicebear/notionists-neutral'),
    toColors: (color) => ({ backgroundColor: [mix(color, 0.7)] }),
  },
};

/** Draws a portrait as SVG: the same seed, style and colour give the same picture, in shades of that colour. */
export async function drawPortrait({ style, seed, color }: Portrait): Promise<string> {
  const { open, toColors } = recipes[style];
  return createAvatar(await open(), { seed, ...toColors(color) }).toString();
}
