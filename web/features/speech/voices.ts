import { fetchSpeech } from './api/speech-requests.ts';

/** Says one text after another. */
export type Voice = {
  /** Is told what comes next, so that it can be there in time. */
  prepare: (text: string, signal: AbortSignal) => void;
  /** Ends when the text was heard; fails when it cannot be, or was called off. */
  say: (text: string, onBegin: () => void, signal: AbortSignal) => Promise<void>;
  pause: () => void;
  resume: () => void;
  stop: () => void;
};

/** Nothing could be heard, for no fault of the hub. */
export class VoiceError extends Error {}

/** The browser's own voice, in a language. */
export function createBrowserVoice(language: string): Voice {
  return {
    prepare: () => undefined,
    say: (text, onBegin, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const utterance = new SpeechSynthesisUtterance(text);
        utterance.lang = language;
        const voice = speechSynthesis.getVoices().find(({ lang }) => lang.replace('_', '-').startsWith(language));
        if (voice !== undefined) utterance.voice = voice;
        utterance.onstart = onBegin;
        utterance.onend = () => resolve();
        utterance.onerror = ({ error }) => reject(new VoiceError(error));
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        speechSynthesis.speak(utterance);
      }),
    pause: () => speechSynthesis.pause(),
    resume: () => speechSynthesis.resume(),
    stop: () => {
      // Some browsers stay paused for whatever is said next.
      speechSynthesis.resume();
      speechSynthesis.cancel();
    },
  };
}

/** The voice of the hub's model. */
export function createHubVoice(): Voice {
  const player = new Audio();
  const coming = new Map<string, Promise<Blob>>();
  const ask = (text: string, signal: AbortSignal) => {
    const sound = coming.get(text) ?? fetchSpeech(text, signal);
    coming.set(text, sound);
    return sound;
  };
  return {
    // Whoever says it hears of its failure.
    prepare: (text, signal) => void ask(text, signal).catch(() => undefined),
    say: async (text, onBegin, signal) => {
      const address = URL.createObjectURL(await ask(text, signal));
      coming.delete(text);
      try {
        await new Promise<void>((resolve, reject) => {
          signal.throwIfAborted();
          player.onplaying = onBegin;
          player.onended = () => resolve();
          player.onerror = () => reject(new VoiceError('The sound cannot be played.'));
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
          player.src = address;
          player.play().catch(reject);
        });
      } finally {
        URL.revokeObjectURL(address);
      }
    },
    pause: () => player.pause(),
    resume: () => void player.play().catch(() => undefined),
    stop: () => player.pause(),
  };
}
