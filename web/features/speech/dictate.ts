import type { QueryClient } from '@tanstack/react-query';
import { speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import { listenByHub, listenInBrowser, type Listening, MicrophoneError } from '#web/features/speech/listen.ts';
import { canRecord, findRecognition } from '#web/features/speech/recognition.ts';
import type { Language } from '#web/lib/i18n/language.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { translate } from '#web/lib/i18n/texts.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** What a person says at the moment; how it is heard is known once the hub has said what it has for it. */
export type Dictation = Listening & { how: 'unknown' | 'recording' | 'recognition' };

type DictateNeeds = {
  cache: QueryClient;
  language: Language;
  signal: AbortSignal;
  onText: (text: string) => void;
  onState: (state: 'listening' | 'writing') => void;
};

/**
 * Listens by the hub's model, else by the browser, until the person is done; says in passing why it could not.
 *
 * Fills in the dictation that it is given. Aborting the signal forgets what was said.
 */
export async function dictate(
  dictation: Dictation,
  { cache, language, signal, onText, onState }: DictateNeeds,
): Promise<void> {
  const [models] = await Promise.all([cache.ensureQueryData(speechModelsQuery), loadTexts('speech')]);
  if (signal.aborted) return;
  const failure = await new Promise((resolve) => {
    const events = { onText, onState, onEnd: resolve };
    const isRecording = models.transcription !== null && canRecord();
    if (!isRecording && findRecognition() === null) {
      resolve(new MicrophoneError('missing'));
      return;
    }
    const begun = isRecording ? listenByHub(events) : listenInBrowser(language, events);
    dictation.how = isRecording ? 'recording' : 'recognition';
    dictation.finish = begun.finish;
    signal.addEventListener('abort', begun.cancel, { once: true });
  });
  if (failure instanceof MicrophoneError)
    showToast({
      title: translate(`speech:dictate.${failure.kind}`),
      detail: translate(`speech:dictate.${failure.kind}Text`),
      tone: 'danger',
      durationMs: 10_000,
    });
  else if (failure !== undefined) showProblemToast(failure);
}
