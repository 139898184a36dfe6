import { queryOptions } from '@tanstack/react-query';
import { SpeechModels, Transcription } from '#server/contract/speech.ts';
import { request, send } from '#web/lib/api-client.ts';

const path = '/api/speech/models';

export const speechModelsQuery = queryOptions({
  queryKey: ['speech', 'models'],
  queryFn: ({ signal }) => request({ path, schema: SpeechModels, signal }),
  staleTime: 5 * 60_000,
});

export const setSpeechModels = (body: SpeechModels) => request({ path, method: 'PUT', body, schema: SpeechModels });

/** A text as the hub's model says it. */
export async function fetchSpeech(text: string, signal: AbortSignal): Promise<Blob> {
  return (await send({ path: '/api/speech', method: 'POST', body: { text }, signal })).blob();
}

/** What is said in a recording, as the hub's model hears it. */
export async function transcribe(recording: Blob, signal: AbortSignal): Promise<string> {
  const body = new FormData();
  body.set('file', recording, 'recording');
  const { text } = await request({ path: '/api/transcriptions', method: 'POST', body, schema: Transcription, signal });
  return text;
}
