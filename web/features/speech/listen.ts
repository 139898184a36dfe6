import { transcribe } from './api/speech-requests.ts';
import { findRecognition } from './recognition.ts';

/** A recording as long as nobody means to make. */
const longestRecordingMs = 5 * 60_000;

/** Listening that is under way: `finish` writes down what was said, `cancel` forgets it. */
export type Listening = { finish: () => void; cancel: () => void };

export type ListeningEvents = {
  /** All that was said so far; changes while it is being understood. */
  onText: (text: string) => void;
  onState: (state: 'listening' | 'writing') => void;
  /** With why, where it failed. */
  onEnd: (failure?: unknown) => void;
};

/** Why the microphone cannot be heard, for a person. */
export class MicrophoneError extends Error {
  readonly kind: 'denied' | 'failed' | 'missing';
  constructor(kind: 'denied' | 'failed' | 'missing', options?: ErrorOptions) {
    super(`microphone ${kind}`, options);
    this.kind = kind;
  }
}

/** Listens by the browser's own recognition. */
export function listenInBrowser(language: string, { onText, onState, onEnd }: ListeningEvents): Listening {
  const Recogniser = findRecognition();
  if (Recogniser === null) throw new MicrophoneError('failed');
  const recogniser = new Recogniser();
  recogniser.lang = language;
  recogniser.continuous = true;
  recogniser.interimResults = true;
  let failure: unknown;
  recogniser.onresult = ({ results }) =>
    onText(Array.from(results, (alternatives) => alternatives[0]?.transcript ?? '').join(''));
  recogniser.onerror = ({ error }) => {
    if (error === 'no-speech' || error === 'aborted') return;
    failure = new MicrophoneError(error === 'not-allowed' || error === 'service-not-allowed' ? 'denied' : 'failed');
  };
  recogniser.onend = () => onEnd(failure);
  recogniser.start();
  onState('listening');
  return { finish: () => recogniser.stop(), cancel: () => recogniser.abort() };
}

/** Records, and has the hub's model write it down when the person is done. */
export function listenByHub({ onText, onState, onEnd }: ListeningEvents): Listening {
  const controller = new AbortController();
  const { signal } = controller;
  let finish = () => controller.abort();
  void (async () => {
    try {
      const recording = await record(signal, (end) => {
        finish = end;
        onState('listening');
      });
      onState('writing');
      onText(await transcribe(recording, signal));
      onEnd();
    } catch (error) {
      onEnd(signal.aborted ? undefined : error);
    }
  })();
  return { finish: () => finish(), cancel: () => controller.abort() };
}

async function record(signal: AbortSignal, onBegin: (end: () => void) => void): Promise<Blob> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((cause: unknown) => {
    const isDenied = cause instanceof DOMException && cause.name === 'NotAllowedError';
    throw new MicrophoneError(isDenied ? 'denied' : 'failed', { cause });
  });
  try {
    signal.throwIfAborted();
    const recorder = new MediaRecorder(stream);
    const pieces: Blob[] = [];
    return await new Promise<Blob>((resolve, reject) => {
      const end = () => {
        if (recorder.state !== 'inactive') recorder.stop();
      };
      const timer = setTimeout(end, longestRecordingMs);
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.onerror = () => reject(new MicrophoneError('failed'));
      recorder.onstop = () => {
        clearTimeout(timer);
        resolve(new Blob(pieces, { type: recorder.mimeType }));
      };
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
      recorder.start();
      onBegin(end);
    });
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
