import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createThumbnailMaker } from '#server/platform/images.ts';

const makeThumbnail = createThumbnailMaker();
const red = { create: { width: 1_000, height: 400, channels: 3 as const, background: 'red' } };
const refused = { code: 'validation_failed', message: expect.stringContaining('50 million pixels') };

function toChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), content]);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(content.length, 0);
  sizes.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([sizes.subarray(0, 4), named, sizes.subarray(4)]);
}

/** A PNG of black and white pixels, a byte for eight, whose rows are all the same. */
function makePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(1, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    toChunk('IHDR', header),
    toChunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 9 })),
    toChunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('a thumbnail', () => {
  test.each(['png', 'jpeg', 'webp', 'gif'] as const)('is made of a %s', async (format) => {
    const image = await sharp(red).toFormat(format).toBuffer();
    expect(await makeThumbnail(image)).toMatchObject({
      mediaType: 'image/webp',
      width: 512,
      height: 205,
      original: { width: 1_000, height: 400 },
    });
  });

  test('of 49 million pixels is made, of a bomb of a few kilobytes with 900 million is not', async () => {
    expect(await makeThumbnail(makePng(7_000, 7_000))).toMatchObject({ width: 512, height: 512 });
    const bomb = makePng(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    await expect(makeThumbnail(bomb)).rejects.toMatchObject(refused);
  });

  test('of an image that says that it is larger than it is, or is cut off, is not made', async () => {
    const image = await sharp(red).png().toBuffer();
    await expect(makeThumbnail(image.subarray(0, image.length / 2))).rejects.toMatchObject(refused);
    const claims = Buffer.from(image);
    claims.writeUInt32BE(0x7fffffff, 16);
    await expect(makeThumbnail(claims)).rejects.toMatchObject(refused);
  });

  test.each<[string, () => Promise<Buffer> | Buffer]>([
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'),
    ],
    [
      'an SVG with a file of the hub',
      () =>
        Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
        ),
    ],
    ['a TIFF', () => sharp(red).tiff().toBuffer()],
    ['words', () => Buffer.from('hello')],
    ['nothing', () => Buffer.alloc(0)],
  ])('of %s is not made', async (_, make) => {
    await expect(makeThumbnail(await make())).rejects.toMatchObject(refused);
  });
});
