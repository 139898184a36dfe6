import type { Actor } from '#server/contract/actor.ts';
import type { ModelPrice } from '#server/contract/model.ts';
import { noUsage, type Usage } from '#server/contract/run-event.ts';
import type { SpeakInput, SpeechModels, Transcription } from '#server/contract/speech.ts';
import { modelNotForAudio, recordingUnreadable, speechNotConfigured } from './speech-errors.ts';
import type { SpeechRepository } from './speech-repository.ts';

type Endpoint = { apiKey: string | null; baseUrl: string; model: string; price: ModelPrice };
type Spent = { usage: Usage; costUsd: number | null };

type Needs = {
  repository: SpeechRepository;
  resolveModel: (reference: string) => Promise<{
    provider: string;
    apiKey: string | null;
    baseUrl: string | null;
    model: string;
    price: ModelPrice;
  } | null>;
  speak: (
    endpoint: Endpoint,
    request: { text: string; voice: string; signal: AbortSignal },
  ) => Promise<{ bytes: Uint8Array; seconds: number | null }>;
  transcribe: (
    endpoint: Endpoint,
    request: { audio: { bytes: Uint8Array; name: string; mediaType: string }; signal: AbortSignal },
  ) => Promise<{ text: string; usage: Usage | null; seconds: number | null }>;
  /** Counts what the work used. @throws {HubError} `budget_exceeded`, before it begins */
  meter: <Answer>(
    call: { actor: Actor; tool: string },
    work: () => Promise<{ answer: Answer; spent: Spent }>,
  ) => Promise<Answer>;
  /** Of tokens; null where their price is not known. */
  costOf: (usage: Usage, price: ModelPrice) => number | null;
};

/** What a provider may count; null: it did not tell, or there is none. */
type Used = { usage: Usage | null; characters: number | null; seconds: number | null };

const timesPrice = (amount: number | null, priceUsd: number | null, perAmount: number) =>
  amount === null || priceUsd === null ? null : (amount / perAmount) * priceUsd;

const recordings = new Map([
  ['audio/webm', 'webm'],
  ['audio/ogg', 'ogg'],
  ['audio/mp4', 'mp4'],
  ['audio/mpeg', 'mp3'],
  ['audio/wav', 'wav'],
  ['audio/x-wav', 'wav'],
  ['audio/flac', 'flac'],
]);

/** Reads answers aloud and writes down what people say, by the models that an administrator chose. */
export function createSpeechService({ repository, resolveModel, speak, transcribe, meter, costOf }: Needs) {
  function costOfSound({ usage, characters, seconds }: Used, price: ModelPrice): number | null {
    const counted = {
      tokens: () => usage && costOf(usage, price),
      characters: () => timesPrice(characters, price.inputUsd, 1_000_000),
      minutes: () => timesPrice(seconds, price.inputUsd, 60),
    };
    return counted[price.unit]();
  }

  async function findEndpoint(reference: string): Promise<Endpoint | null> {
    const found = await resolveModel(reference);
    if (found === null || found.provider !== 'openai' || found.baseUrl === null) return null;
    return { apiKey: found.apiKey, baseUrl: found.baseUrl, model: found.model, price: found.price };
  }

  async function openEndpoint(reference: string | null, what: 'read aloud' | 'write down'): Promise<Endpoint> {
    const endpoint = reference === null ? null : await findEndpoint(reference);
    if (endpoint === null) throw speechNotConfigured(what);
    return endpoint;
  }

  return {
    /** Those that can be reached: of a connection that is gone nothing is heard, and browsers do it instead. */
    readModels: async (): Promise<SpeechModels> => {
      const chosen = await repository.read();
      const [speech, transcription] = await Promise.all(
        [chosen.speech, chosen.transcription].map(async (reference) =>
          reference === null || (await findEndpoint(reference)) === null ? null : reference,
        ),
      );
      return { ...chosen, speech: speech ?? null, transcription: transcription ?? null };
    },

    /** @throws {HubError} `validation_failed`, for a model that no OpenAI-compatible connection has */
    setModels: async (models: SpeechModels): Promise<void> => {
      for (const use of ['speech', 'transcription'] as const) {
        const reference = models[use];
        if (reference !== null && (await findEndpoint(reference)) === null) throw modelNotForAudio(use, reference);
      }
      await repository.write(models);
    },

    /** MP3. The endpoint counts no tokens, so a price of these makes no known cost. @throws {HubError} `tool_unavailable`, `model_…` */
    speak: async (actor: Actor, { text }: SpeakInput, signal: AbortSignal): Promise<Uint8Array> => {
      const { speech, voice } = await repository.read();
      const endpoint = await openEndpoint(speech, 'read aloud');
      return meter({ actor, tool: 'speech' }, async () => {
        const { bytes, seconds } = await speak(endpoint, { text, voice, signal });
        const used = { usage: null, characters: [...text].length, seconds };
        return { answer: bytes, spent: { usage: noUsage, costUsd: costOfSound(used, endpoint.price) } };
      });
    },

    /** @throws {HubError} `unsupported_media_type`, `tool_unavailable`, `model_…` */
    transcribe: async (
      actor: Actor,
      { bytes, mediaType: said }: { bytes: Uint8Array; mediaType: string },
      signal: AbortSignal,
    ): Promise<Transcription> => {
      const mediaType = (said.split(';')[0] ?? '').trim();
      const extension = recordings.get(mediaType);
      if (extension === undefined) throw recordingUnreadable(mediaType);
      const endpoint = await openEndpoint((await repository.read()).transcription, 'write down');
      return meter({ actor, tool: 'transcription' }, async () => {
        const audio = { bytes, mediaType, name: `recording.${extension}` };
        const { text, ...used } = await transcribe(endpoint, { audio, signal });
        const { usage } = used;
        const costUsd = costOfSound({ ...used, characters: null }, endpoint.price);
        return { answer: { text }, spent: { usage: usage ?? noUsage, costUsd } };
      });
    },
  };
}
export type SpeechService = ReturnType<typeof createSpeechService>;
