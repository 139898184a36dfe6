import { unknownPrice } from '#server/features/models/find-price.ts';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createThumbnailMaker } from '#server/platform/images.ts';
import { createGenerateImageTool } from '#server/runtime/tools/generate-image.ts';
import { callTool, createFileKeeper } from '#test/support/call-tool.ts';

const makeThumbnail = createThumbnailMaker();
const picture = async (width: number, height: number) =>
  new Uint8Array(
    await sharp({ create: { width, height, channels: 3, background: '#2f6fdb' } })
      .png()
      .toBuffer(),
  );

describe('generating an image', () => {
  test('keeps the image and a thumbnail of it', async () => {
    const { storeFile, files } = createFileKeeper();
    const bytes = await picture(1536, 1024);
    const prompts: string[] = [];
    const tool = createGenerateImageTool({
      makeThumbnail,
      createImage: async ({ prompt, size }) => {
        prompts.push(`${size} ${prompt}`);
        return {
          bytes,
          mediaType: 'image/png',
          revisedPrompt: 'A blue\u202E field',
          model: 'openai/painter',
          payer: null,
          usage: null,
          price: unknownPrice,
        };
      },
    });
    const { output, artifacts, textForModel } = await callTool(
      tool,
      { prompt: ' A field ', size: '1536x1024' },
      { storeFile },
    );
    expect(prompts).toEqual(['1536x1024 A field']);
    expect(files).toMatchObject([{ name: 'A field.png', bytes }, { mediaType: 'image/webp' }]);
    expect(await sharp(files[1]?.bytes).metadata()).toMatchObject({ format: 'webp', width: 512, height: 341 });
    expect(artifacts).toMatchObject([
      {
        kind: 'image',
        title: 'A field',
        file: 'file-1',
        thumbnail: 'file-2',
        mediaType: 'image/png',
        width: 1536,
        height: 1024,
      },
    ]);
    expect(output).toMatchObject({ file: 'file-1', revisedPrompt: 'A blue field' });
    expect(textForModel).toContain('untrusted data');
  });

  test('says how to set it up when no image model is connected', async () => {
    const tool = createGenerateImageTool({ makeThumbnail, createImage: null });
    expect(tool.unavailable?.()?.en).toContain('OPENAI_API_KEY');
    expect(await callTool(tool, { prompt: 'A field' }, { language: 'zh' })).toMatchObject({
      isError: true,
      output: { code: 'tool_unavailable', error: expect.stringContaining('尚未连接') },
    });
  });

  test('an answer that is no image is refused', async () => {
    const { storeFile, files } = createFileKeeper();
    const tool = createGenerateImageTool({
      makeThumbnail,
      createImage: async () => ({
        bytes: new TextEncoder().encode('<html>'),
        mediaType: 'image/png',
        revisedPrompt: null,
        model: 'openai/painter',
        payer: null,
        usage: null,
        price: unknownPrice,
      }),
    });
    expect(await callTool(tool, { prompt: 'A field' }, { storeFile })).toMatchObject({
      isError: true,
      output: { code: 'validation_failed' },
    });
    expect(files).toEqual([]);
  });
});

describe('thumbnails', () => {
  test('small images are not enlarged', async () => {
    expect(await makeThumbnail(await picture(40, 20))).toMatchObject({
      width: 40,
      height: 20,
      original: { width: 40, height: 20 },
    });
  });

  test('an image of too many pixels is refused before it is unpacked', async () => {
    const bomb = await sharp({ create: { width: 10_000, height: 6_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    await expect(makeThumbnail(new Uint8Array(bomb))).rejects.toMatchObject({ code: 'validation_failed' });
  });
});
