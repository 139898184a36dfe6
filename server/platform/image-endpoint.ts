import OpenAI from 'openai';
import type { ModelPrice } from '#server/contract/model.ts';
import { noUsage, type Usage } from '#server/contract/run-event.ts';
import { toTokens } from '#server/contract/to-tokens.ts';
import { HubError } from '#server/hub-error.ts';

export type ImageEndpoint = {
  apiKey: string | null;
  baseUrl: string;
  model: string;
  /** The model as agents wish for it. */
  reference: string;
  /** Whose own connection it is, and who pays for it; null: the hub's. */
  ownerId: string | null;
  price: ModelPrice;
  /** The way out of the hub to it. */
  fetch: typeof globalThis.fetch;
};

type ImageRequest = {
  prompt: string;
  size: string;
  modelOwnerId: string;
  signal: AbortSignal;
  /** Told the endpoint's `ownerId` before it is asked. */
  beforeCall: (payer: string | null) => Promise<void>;
};

/**
 * Makes images through any endpoint that speaks OpenAI's images API. The endpoint is looked up for each image, because a
 * connection can be made while the hub runs.
 *
 * @param findEndpoint - what the hub or the person has connected; null: nothing
 * @param download - fetches an image that the endpoint names by address instead of sending it
 */
export function createImageMaker({
  findEndpoint,
  download,
}: {
  findEndpoint: (modelOwnerId: string) => Promise<ImageEndpoint | null>;
  download: (url: string, signal: AbortSignal) => Promise<Uint8Array>;
}) {
  return async ({ prompt, size, modelOwnerId, signal, beforeCall }: ImageRequest) => {
    const endpoint = await findEndpoint(modelOwnerId);
    if (endpoint === null) {
      throw new HubError('tool_unavailable', {
        en: 'No image endpoint is connected. The agent’s owner or an administrator connects an OpenAI-compatible provider in Settings → Models.',
        zh: '没有连接图像端点。请由智能体的所有者或管理员在“设置 → 模型”中连接 OpenAI 兼容的服务商。',
      });
    }
    await beforeCall(endpoint.ownerId);
    const client = new OpenAI({
      apiKey: endpoint.apiKey ?? 'none',
      baseURL: endpoint.baseUrl,
      fetch: endpoint.fetch,
      maxRetries: 1,
    });
    try {
      const answer = await client.images.generate({ model: endpoint.model, prompt, size, n: 1 }, { signal });
      const image = answer.data?.[0];
      const bytes =
        image?.b64_json !== undefined
          ? new Uint8Array(Buffer.from(image.b64_json, 'base64'))
          : image?.url !== undefined
            ? await download(image.url, signal)
            : null;
      if (bytes === null) {
        throw new HubError('model_protocol_error', {
          en: 'The image endpoint answered without an image.',
          zh: '图像端点的响应中没有图像。',
        });
      }
      return {
        bytes,
        mediaType: 'image/png',
        revisedPrompt: image?.revised_prompt ?? null,
        model: endpoint.reference,
        payer: endpoint.ownerId,
        usage: toUsage(answer.usage),
        price: endpoint.price,
      };
    } catch (error) {
      if (error instanceof OpenAI.APIError && error.status !== undefined) {
        throw new HubError(
          'model_rejected',
          {
            en: `The image endpoint refused (${error.status}): ${error.message}`,
            zh: `图像端点拒绝了请求（${error.status}）：${error.message}`,
          },
          { cause: error },
        );
      }
      throw error;
    }
  };
}

function toUsage(usage: OpenAI.ImagesResponse['usage']): Usage | null {
  if (typeof usage?.input_tokens !== 'number') return null;
  return { ...noUsage, inputTokens: toTokens(usage.input_tokens), outputTokens: toTokens(usage.output_tokens) };
}
