import { findLanguage, toSentences } from './to-sentences.ts';
import { createBrowserVoice, createHubVoice, type Voice } from './voices.ts';

export type Reading = { id: string; state: 'loading' | 'speaking' | 'paused' };

let reading: Reading | null = null;
let started: { voice: Voice; controller: AbortController } | null = null;
const watchers = new Set<() => void>();

/** What the hub's model says at once: several sentences, so that it finds the tone between them. */
const longestPiece = 600;

function show(next: Reading | null): void {
  reading = next;
  for (const watcher of watchers) watcher();
}

export const currentReading = () => reading;
export function watchReading(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export const canBrowserSpeak = () => typeof speechSynthesis !== 'undefined';

/** Has the browser look for its voices, which take a moment, so that the first sentence has its own. */
export function findVoicesEarly(): void {
  if (canBrowserSpeak()) speechSynthesis.getVoices();
}

type ReadAloud = { id: string; text: string; pageLanguage: string; byModel: boolean };

/** Reads a text aloud, sentence by sentence; what was read before ends. Fails when the voice does. */
export async function readAloud({ id, text, pageLanguage, byModel }: ReadAloud): Promise<void> {
  stopReading();
  const language = findLanguage(text, pageLanguage);
  const sentences = toSentences(text, language);
  const pieces = byModel ? joinShort(sentences) : sentences;
  const voice = byModel ? createHubVoice() : createBrowserVoice(language);
  const controller = new AbortController();
  const { signal } = controller;
  started = { voice, controller };
  show({ id, state: 'loading' });
  const begin = () => {
    if (reading?.state === 'loading' && !signal.aborted) show({ id, state: 'speaking' });
  };
  try {
    for (const [place, piece] of pieces.entries()) {
      const said = voice.say(piece, begin, signal);
      const next = pieces[place + 1];
      if (next !== undefined) voice.prepare(next, signal);
      await said;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (started.controller === controller) stopReading();
  }
}

export function pauseReading(): void {
  if (reading === null || started === null) return;
  started.voice.pause();
  show({ ...reading, state: 'paused' });
}

export function resumeReading(): void {
  if (reading === null || started === null) return;
  started.voice.resume();
  show({ ...reading, state: 'speaking' });
}

export function stopReading(): void {
  started?.controller.abort();
  started?.voice.stop();
  started = null;
  if (reading !== null) show(null);
}

/** The first sentence alone is heard soonest; the others come together. */
function joinShort([first, ...others]: string[]): string[] {
  const joined = others.reduce<string[]>((pieces, sentence) => {
    const last = pieces.at(-1);
    if (last === undefined || last.length + sentence.length > longestPiece) return [...pieces, sentence];
    // Without a mark at its end a heading or a row would run into what follows.
    return [...pieces.slice(0, -1), `${last}${/\p{P}$/u.test(last) ? ' ' : '\n'}${sentence}`];
  }, []);
  return first === undefined ? [] : [first, ...joined];
}
