/** What of the Web Speech API is used to write down what is said; the standard library knows no types of it. */
export type Recognition = {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start: () => void;
  stop: () => void;
  abort: () => void;
};

type MaybeRecognising = { SpeechRecognition?: new () => Recognition; webkitSpeechRecognition?: new () => Recognition };

/** The browser's own recognition of speech, or null. */
export function findRecognition(): (new () => Recognition) | null {
  const page = globalThis as MaybeRecognising;
  return page.SpeechRecognition ?? page.webkitSpeechRecognition ?? null;
}

export const canRecord = () =>
  typeof MediaRecorder !== 'undefined' && typeof navigator.mediaDevices?.getUserMedia === 'function';
