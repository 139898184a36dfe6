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

/** Mandarin has names of its own, and Cantonese is no reading of it. */
const namesOf = (language: string) => (language === 'zh-CN' ? ['zh-cn', 'zh-hans', 'cmn', 'zh-tw', 'zh'] : [language]);

/**
 * The voice for a language, or null: the person's own kind of it, then the language as such, then whichever is the browser's
 * first choice. A speech service may offer thousands, a language's dialects before it.
 */
export function findVoice(language: string): SpeechSynthesisVoice | null {
  const voices = speechSynthesis.getVoices().map((voice) => ({ voice, lang: toTag(voice.lang) }));
  const own = navigator.languages.map(toTag).filter((tag) => tag.startsWith(`${language}-`));
  for (const wanted of [...own, ...namesOf(language)]) {
    const fit =
      findFirstChoice(voices.filter(({ lang }) => lang === wanted)) ??
      findFirstChoice(voices.filter(({ lang }) => lang.startsWith(`${wanted}-`)));
    if (fit !== undefined) return fit.voice;
  }
  return null;
}

const toTag = (lang: string) => lang.replaceAll('_', '-').toLowerCase();
const findFirstChoice = <Named extends { voice: SpeechSynthesisVoice }>(named: Named[]) =>
  named.find(({ voice }) => voice.default) ?? named[0];

/** The browser's own voice, in a language. Many lose what they are told to pause, so the sentence is said again instead. */
export function createBrowserVoice(language: string): Voice {
  let current: SpeechSynthesisUtterance | null = null;
  let speak = (): void => undefined;
  const hush = () => {
    current = null;
    speechSynthesis.cancel();
  };
  return {
    prepare: () => undefined,
    say: (text, onBegin, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        speak = () => {
          const utterance = new SpeechSynthesisUtterance(text);
          utterance.lang = language;
          utterance.voice = findVoice(language);
          utterance.onstart = onBegin;
          utterance.onend = () => {
            if (current === utterance) resolve();
          };
          utterance.onerror = ({ error }) => {
            if (current === utterance) reject(new VoiceError(error));
          };
          current = utterance;
          speechSynthesis.speak(utterance);
        };
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        speak();
      }),
    pause: hush,
    resume: () => speak(),
    stop: hush,
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
          player.play().catch((cause: unknown) => reject(new VoiceError('The sound is not played.', { cause })));
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
