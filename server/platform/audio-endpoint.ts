import { z } from 'zod';
import type { Usage } from '#server/contract/run-event.ts';
import { toTokens } from '#server/contract/to-tokens.ts';
import { HubError } from '#server/hub-error.ts';
import type { Egress } from './egress/create-egress.ts';
import { readMp3Seconds } from './mp3-seconds.ts';

/** A model at an endpoint that speaks OpenAI's audio API. */
export type AudioEndpoint = { apiKey: string | null; baseUrl: string; model: string };

const speechLimits = { maximumBytes: 16 * 1024 * 1024, timeoutMs: 60_000 };
const transcriptionLimits = { maximumBytes: 1024 * 1024, timeoutMs: 120_000 };

const Answer = z.object({
  text: z.string().max(100_000),
  usage: z
    .union([
      z.object({ input_tokens: z.number().transform(toTokens), output_tokens: z.number().transform(toTokens) }),
      z.object({ seconds: z.number().min(0) }),
    ])
    .nullish()
    .catch(null),
});

/** Reads aloud and writes down through endpoints that speak OpenAI's audio API (`/audio/speech`, `/audio/transcriptions`). */
export function createAudioClient({ fetch }: Pick<Egress, 'fetch'>) {
  async function post(
    { apiKey, baseUrl }: AudioEndpoint,
    path: string,
    {
      type,
      body,
      signal,
      limits,
    }: { type: string; body: string | Uint8Array; signal: AbortSignal; limits: typeof speechLimits },
  ): Promise<Uint8Array> {
    const { status, bytes } = await fetch(`${baseUrl.replace(/\/$/, '')}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }) },
      body,
      signal,
      ...limits,
    });
    if (status === 200) return bytes;
    const code = status === 429 ? 'model_rate_limited' : status >= 500 ? 'model_unavailable' : 'model_rejected';
    throw new HubError(code, {
      en: `The audio endpoint answered ${status}.`,
      zh: `音频端点返回了状态 ${status}。`,
    });
  }

  return {
    /** MP3, and how long it is. @throws {HubError} `model_rejected`, `model_rate_limited`, `model_unavailable`, `egress_refused` … */
    speak: async (
      endpoint: AudioEndpoint,
      { text, voice, signal }: { text: string; voice: string; signal: AbortSignal },
    ): Promise<{ bytes: Uint8Array; seconds: number | null }> => {
      const bytes = await post(endpoint, '/audio/speech', {
        type: 'application/json',
        body: JSON.stringify({ model: endpoint.model, input: text, voice, response_format: 'mp3' }),
        signal,
        limits: speechLimits,
      });
      return { bytes, seconds: readMp3Seconds(bytes) };
    },

    /** `usage` and `seconds` are null where the endpoint counts neither. @throws {HubError} as `speak`, `model_protocol_error` */
    transcribe: async (
      endpoint: AudioEndpoint,
      { audio, signal }: { audio: { bytes: Uint8Array; name: string; mediaType: string }; signal: AbortSignal },
    ): Promise<{ text: string; usage: Usage | null; seconds: number | null }> => {
      const form = new FormData();
      form.set('model', endpoint.model);
      form.set('response_format', 'json');
      form.set('file', new Blob([Uint8Array.from(audio.bytes)], { type: audio.mediaType }), audio.name);
      const encoded = new Response(form);
      const answer = await post(endpoint, '/audio/transcriptions', {
        type: encoded.headers.get('content-type') ?? 'multipart/form-data',
        body: new Uint8Array(await encoded.arrayBuffer()),
        signal,
        limits: transcriptionLimits,
      });
      const parsed = Answer.safeParse(readJson(answer));
      if (!parsed.success) {
        throw new HubError('model_protocol_error', {
          en: 'The audio endpoint answered without a text.',
          zh: '音频端点的响应中没有文字。',
        });
      }
      const { text, usage } = parsed.data;
      if (!usage) return { text, usage: null, seconds: null };
      if ('seconds' in usage) return { text, usage: null, seconds: usage.seconds };
      const { input_tokens: inputTokens, output_tokens: outputTokens } = usage;
      return { text, usage: { inputTokens, outputTokens, cachedInputTokens: 0, reasoningTokens: 0 }, seconds: null };
    },
  };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
