import type { QueryClient } from '@tanstack/react-query';
import { speechModelsQuery } from '#web/features/speech/api/speech-requests.ts';
import { listenByHub, listenInBrowser, type Listening, MicrophoneError } from '#web/features/speech/listen.ts';
import { canRecord, findRecognition } from '#web/features/speech/recognition.ts';
import { loadTexts } from '#web/lib/i18n/load-texts.ts';
import { currentLanguage, translate } from '#web/lib/i18n/texts.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

/** Speaking into a field; `see` is told what the field holds, whoever wrote it. */
export type Dictation = Listening & { see: (text: string) => void };

type DictationNeeds = {
  cache: QueryClient;
  /** What stands in the field as it begins. */
  text: string;
  onText: (text: string) => void;
  onState: (state: 'idle' | 'listening' | 'writing') => void;
};

/** Listens by the hub's model, else by the browser, until the person is done; says in passing why it could not. */
export function beginDictation({ cache, text: before, onText, onState }: DictationNeeds): Dictation {
  const controller = new AbortController();
  const { signal } = controller;
  const cancel = () => controller.abort();
  /** What the field holds as far as this knows; anything else was typed, or sent. */
  let written = before;
  let isRecording = false;
  let finish = cancel;
  signal.addEventListener('abort', () => onState('idle'));

  async function listen(): Promise<unknown> {
    const [models] = await Promise.all([cache.ensureQueryData(speechModelsQuery), loadTexts('speech')]);
    if (signal.aborted) return undefined;
    isRecording = models.transcription !== null && canRecord();
    if (!isRecording && findRecognition() === null) return new MicrophoneError('missing');
    return new Promise((resolve) => {
      const events = {
        onText: (said: string) => {
          if (signal.aborted) return;
          written = join(isRecording ? written : before, said);
          onText(written);
        },
        onState: (state: 'listening' | 'writing') => {
          if (!signal.aborted) onState(state);
        },
        onEnd: resolve,
      };
      const begun = isRecording ? listenByHub(events) : listenInBrowser(currentLanguage(), events);
      finish = begun.finish;
      signal.addEventListener('abort', begun.cancel, { once: true });
    });
  }

  void listen()
    .catch((error: unknown) => error)
    .then((failure) => {
      if (signal.aborted) return;
      onState('idle');
      if (failure !== undefined) tellFailure(failure);
    });
  return {
    finish: () => finish(),
    cancel,
    see: (text) => {
      // A recording may be added to what was typed meanwhile; what was sent takes it along, as it does what was recognised.
      if (text !== written && (!isRecording || text === '')) cancel();
      written = text;
    },
  };
}

function tellFailure(failure: unknown): void {
  if (!(failure instanceof MicrophoneError)) {
    showProblemToast(failure);
    return;
  }
  showToast({
    title: translate(`speech:dictate.${failure.kind}`),
    detail: translate(`speech:dictate.${failure.kind}Text`),
    tone: 'danger',
    durationMs: 10_000,
  });
}

const join = (before: string, said: string) =>
  before === '' || /\s$/.test(before) ? before + said.trimStart() : `${before} ${said.trimStart()}`;
