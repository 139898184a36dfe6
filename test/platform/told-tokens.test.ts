import { describe, expect, test } from 'vitest';
import { createAudioClient } from '#server/platform/audio-endpoint.ts';
import { createImageMaker } from '#server/platform/image-endpoint.ts';
import { unknownPrice } from '#server/features/models/find-price.ts';

const { signal } = new AbortController();
const endpoint = { apiKey: null, baseUrl: 'https://media.example/v1', model: 'any', price: unknownPrice };

async function draw(usage: object) {
  const answer = { created: 1, data: [{ b64_json: 'AAAA' }], usage };
  const createImage = createImageMaker({
    findEndpoint: async () => ({
      ...endpoint,
      reference: 'any/any',
      ownerId: null,
      fetch: async () => Response.json(answer),
    }),
    download: () => Promise.reject(new Error('nothing to load')),
  });
  const beforeCall = async () => {};
  return (await createImage({ prompt: 'A field', size: 'auto', modelOwnerId: 'person', signal, beforeCall })).usage;
}

async function transcribe(usage: object) {
  const bytes = new TextEncoder().encode(JSON.stringify({ text: 'Said.', usage }));
  const { transcribe } = createAudioClient({
    fetch: async (url) => ({ status: 200, headers: {}, url, bytes }),
  });
  const audio = { bytes: new Uint8Array(1), name: 'a.webm', mediaType: 'audio/webm' };
  return (await transcribe(endpoint, { audio, signal })).usage;
}

describe.each([
  ['an image', draw],
  ['a transcription', transcribe],
])('the tokens that an endpoint tells of %s', (_, ask) => {
  test('are what a call can take', async () => {
    const claimed = await ask({ input_tokens: -5_000_000, output_tokens: 4.5e12 });
    expect(claimed).toMatchObject({ inputTokens: 0, outputTokens: 10_000_000 });
    expect(await ask({ input_tokens: 100.4, output_tokens: 20 })).toMatchObject({ inputTokens: 100, outputTokens: 20 });
  });

  test('are unknown where it counts something else', async () => {
    expect(await ask({ type: 'duration', seconds: 3 })).toBeNull();
  });
});
