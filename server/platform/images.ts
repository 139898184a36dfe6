import { HubError } from '#server/hub-error.ts';

const longestSidePixels = 512;
const mostPixels = 50_000_000;

type Thumbnail = {
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  original: { width: number; height: number };
};

/**
 * Makes thumbnails: WebP, at most 512 px on the longer side, never enlarged, upright, without metadata.
 *
 * The maker throws a `HubError` `validation_failed` for bytes that are no image or have more than 50 million pixels.
 */
export function createThumbnailMaker() {
  return async (image: Uint8Array): Promise<Thumbnail> => {
    const { default: sharp } = await import('sharp');
    try {
      const { autoOrient: original } = await sharp(image, { limitInputPixels: mostPixels }).metadata();
      const { data, info } = await sharp(image, { limitInputPixels: mostPixels, failOn: 'error' })
        .rotate()
        .resize({ width: longestSidePixels, height: longestSidePixels, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 80 })
        .timeout({ seconds: 10 })
        .toBuffer({ resolveWithObject: true });
      return {
        bytes: new Uint8Array(data),
        mediaType: 'image/webp',
        width: info.width,
        height: info.height,
        original: { width: original.width, height: original.height },
      };
    } catch (cause) {
      throw new HubError('validation_failed', 'The image cannot be read, or has more than 50 million pixels.', {
        cause,
      });
    }
  };
}
