import { v7 } from 'uuid';
import { z } from 'zod';
import { toFileStem } from '#server/contract/file-name.ts';
import { noUsage } from '#server/contract/run-event.ts';
import { nothingSpent, toPayer } from '#server/contract/spent.ts';
import { HubError } from '#server/hub-error.ts';
import { costOf } from '#server/runtime/cost-of.ts';
import type { ToolPorts } from './ports.ts';
import { defineTool } from './tool.ts';

const extensions: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

const Input = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1)
    .max(4_000)
    .describe('What the image shows: subject, setting, style, light, colours. In the language that fits.'),
  size: z
    .enum(['1024x1024', '1536x1024', '1024x1536', 'auto'])
    .default('1024x1024')
    .describe('Width x height: square, landscape or portrait.'),
  title: z.string().trim().min(1).max(120).optional().describe('A short title for the image.'),
});

const Output = z.object({
  image: z.string(),
  file: z.string(),
  revisedPrompt: z.string().nullable(),
  note: z.string(),
});

const notConnected = {
  en: 'No image model is connected. Set OPENAI_API_KEY (and OPENAI_BASE_URL and OPENAI_IMAGE_MODEL for another endpoint) and restart the hub.',
  zh: '尚未连接图片模型。请设置 OPENAI_API_KEY（其他端点另设 OPENAI_BASE_URL 与 OPENAI_IMAGE_MODEL），然后重启。',
};

/** Makes one image from words, at any OpenAI-style images endpoint; keeps it with a thumbnail. */
export function createGenerateImageTool({
  createImage,
  makeThumbnail,
}: Pick<ToolPorts, 'createImage' | 'makeThumbnail'>) {
  return defineTool({
    id: 'generate-image',
    title: { en: 'Generate an image', zh: '生成图片' },
    description: {
      en: 'Makes one image from a description and shows it to the person. Use it when a picture, illustration, logo idea or poster is wanted.',
      zh: '根据文字描述生成一张图片并展示给用户。需要图片、插画、标志创意或海报时使用。',
    },
    category: 'media',
    effect: 'read',
    untrusted: true,
    input: Input,
    output: Output,
    timeoutMs: 180_000,
    maximumResultBytes: 16_000,
    unavailable: () => (createImage === null ? notConnected : null),
    intent: ({ prompt }, language) => {
      const short = prompt.length > 60 ? `${prompt.slice(0, 59)}…` : prompt;
      return language === 'zh' ? `生成图片：${short}` : `Making an image: ${short}`;
    },
    run: async (
      { prompt, size, title },
      { signal, language, modelOwnerId, storeFile, reportProgress, reportSpent, checkBudget },
    ) => {
      if (createImage === null) throw new HubError('tool_unavailable', notConnected);
      reportProgress(language === 'zh' ? '正在绘制' : 'Drawing');
      const made = await createImage({
        prompt,
        size,
        modelOwnerId,
        signal,
        beforeCall: async (payer) => checkBudget?.({ payer, size: () => nothingSpent }),
      });
      reportSpent({
        model: made.model,
        ...toPayer(made.payer),
        usage: made.usage ?? noUsage,
        costUsd: made.usage === null ? null : costOf(made.usage, made.price, 0),
      });
      const thumbnail = await makeThumbnail(made.bytes);
      const [image, small] = await Promise.all([
        storeFile({
          name: `${toFileStem(title ?? prompt, 'image')}.${extensions[made.mediaType] ?? 'img'}`,
          mediaType: made.mediaType,
          bytes: made.bytes,
        }),
        storeFile({ name: 'image-thumbnail.webp', mediaType: thumbnail.mediaType, bytes: thumbnail.bytes }),
      ]);
      const id = v7();
      return {
        output: {
          image: id,
          file: image.id,
          revisedPrompt: made.revisedPrompt,
          note: 'The person sees the image. Do not show it again.',
        },
        artifacts: [
          {
            kind: 'image',
            id,
            title: title ?? prompt.slice(0, 120),
            file: image.id,
            thumbnail: small.id,
            mediaType: made.mediaType,
            ...thumbnail.original,
          },
        ],
      };
    },
  });
}
