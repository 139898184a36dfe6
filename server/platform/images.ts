import { HubError } from '#server/hub-error.ts';

const longestSidePixels = 512;
const mostPixels = 50_000_000;
const readFormats = ['Png', 'Jpeg', 'Webp', 'Nsgif'].map((format) => `VipsForeignLoad${format}`);

type Thumbnail = {
  bytes: Uint8Array;
  mediaType: string;
  width: number;
  height: number;
  original: { width: number; height: number };
};

/** SVG, PDF, TIFF and the rest have readers too, with holes of their own; nothing here needs them. */
const openSharp = async () => {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: readFormats });
  return sharp;
};

/**
 * Makes thumbnails of PNG, JPEG, WebP and GIF: WebP, at most 512 px on the longer side, never enlarged, upright, without
 * metadata. An image that is upright is read in rows and never held as a whole.
 *
 * The maker throws a `HubError` `validation_failed` for bytes that are no such image or have more than 50 million pixels.
 */
export function createThumbnailMaker() {
  let opening: ReturnType<typeof openSharp> | null = null;
  return async (image: Uint8Array): Promise<Thumbnail> => {
    const sharp = await (opening ??= openSharp());
    try {
      const input = { limitInputPixels: mostPixels, sequentialRead: true, failOn: 'error' } as const;
      const { autoOrient: original } = await sharp(image, input).metadata();
      const { data, info } = await sharp(image, input)
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
      throw new HubError(
        'validation_failed',
        {
          en: 'The image cannot be read, or has more than 50 million pixels.',
          zh: '无法读取此图片，或其像素超过 5000 万。',
        },
        { cause },
      );
    }
  };
}
