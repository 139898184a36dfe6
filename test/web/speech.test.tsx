import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SpeechModels } from '#server/contract/speech.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { DictateButton } from '#web/features/speech/components/dictate-button.tsx';
import { ReadAloudButton } from '#web/features/speech/components/read-aloud-button.tsx';
import { SpeechModelsCard } from '#web/features/speech/components/speech-models-card.tsx';
import type { Recognition } from '#web/features/speech/recognition.ts';
import { findLanguage, toSentences } from '#web/features/speech/to-sentences.ts';
import { findVoice } from '#web/features/speech/voices.ts';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
const byBrowsers: SpeechModels = { speech: null, voice: 'alloy', transcription: null };
const byHub: SpeechModels = { speech: 'openai/tts-1', voice: 'alloy', transcription: 'openai/whisper-1' };
const modelsPath = '/api/speech/models';
const button = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name });
const press = async (name: string) => userEvent.click(await button(name));

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer(`GET ${modelsPath}`, { body: byBrowsers });
});
afterEach(async () => {
  cleanup();
  vi.unstubAllGlobals();
  await closePage();
  await hub.close();
});

describe('what is said of an answer', () => {
  it.each([
    ['One thing. Another!', 'en', ['One thing.', 'Another!']],
    ['# Fees\n\n- **Low** today\n- [see](https://example.org) _more_', 'en', ['Fees', 'Low today', 'see more']],
    ['Before.\n\n```js\nlet a = 1;\n```\n\nAfter [1].', 'en', ['Before.', 'After.']],
    ['Open:\n```js\nlet a = 1;', 'en', ['Open:']],
    ['| a | b |\n|---|---|\n| 1 | 2 |', 'en', ['a, b', '1, 2']],
    ['你好。今天很好！', 'zh-CN', ['你好。', '今天很好！']],
    ['---\n\n***', 'en', []],
    ['If x < 5 and y > 3<br>, see <https://example.org>', 'en', ['If x < 5 and y > 3, see']],
    [`Ask snake_case of 0x${'ab'.repeat(20)}.`, 'en', ['Ask snake case of 0xabab … abab.']],
  ])('of %j is words alone, sentence by sentence', (markdown, language, sentences) => {
    expect(toSentences(markdown, language)).toEqual(sentences);
  });

  it('never is longer than a breath', () => {
    const sentences = toSentences('word '.repeat(200), 'en');
    expect(sentences.length).toBeGreaterThan(3);
    expect(Math.max(...sentences.map(({ length }) => length))).toBeLessThanOrEqual(300);
  });

  it.each([
    ['The fee is low.', 'en', 'en'],
    ['The fee is low.', 'zh-CN', 'en'],
    ['费用很低。', 'en', 'zh-CN'],
    ['Gas 费用很低，今天可以转账。', 'en', 'zh-CN'],
    ['手数料は安いです。', 'en', 'ja'],
    ['수수료가 낮습니다.', 'en', 'ko'],
  ])('of %j is heard, on a page in %s, in %s', (text, page, language) => {
    expect(findLanguage(text, page)).toBe(language);
  });
});

/** A voice that ends a sentence when the test says so. */
function giveVoice() {
  const said: { text: string; lang: string; end: () => void; fail: () => void }[] = [];
  const acts: string[] = [];
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      lang = '';
      onstart: (() => void) | null = null;
      onend: (() => void) | null = null;
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
  );
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => [],
    speak: (utterance: SpeechSynthesisUtterance & { onstart: () => void; onend: () => void }) => {
      said.push({
        text: utterance.text,
        lang: utterance.lang,
        end: () => utterance.onend(),
        fail: () => void utterance.onerror?.({ error: 'synthesis-failed' } as SpeechSynthesisErrorEvent),
      });
      utterance.onstart();
    },
    cancel: () => acts.push('cancel'),
  });
  const fail = () => said.at(-1)?.fail();
  return { said, acts, fail };
}

describe('reading aloud', () => {
  it('goes from sentence to sentence, pauses, goes on, and stops', async () => {
    const { said, acts } = giveVoice();
    renderPage(<ReadAloudButton id="run-1" text="It is **twelve**. Or so. Surely." />);
    await press('Read aloud');
    await waitFor(() => expect(said.map(({ text }) => text)).toEqual(['It is twelve.']));
    expect(said[0]?.lang).toBe('en');
    said[0]?.end();
    await waitFor(() => expect(said).toHaveLength(2));
    await press('Pause reading');
    expect(acts).toEqual(['cancel']);
    said[1]?.fail();
    await press('Go on reading');
    expect(said.map(({ text }) => text)).toEqual(['It is twelve.', 'Or so.', 'Or so.']);
    await press('Stop reading');
    expect(acts).toEqual(['cancel', 'cancel']);
    said[2]?.end();
    expect(await button('Read aloud')).toBeTruthy();
    expect(said).toHaveLength(3);
  });

  it('has its button begin and stop, so that the keyboard stays on it', async () => {
    const { said } = giveVoice();
    renderPage(<ReadAloudButton id="run-1" text="One. Two." />);
    const main = await button('Read aloud');
    main.focus();
    await userEvent.keyboard('{Enter}');
    expect(await button('Stop reading')).toBe(document.activeElement);
    await userEvent.tab();
    expect(await button('Pause reading')).toBe(document.activeElement);
    said[0]?.end();
    await waitFor(() => expect(said).toHaveLength(2));
    said[1]?.end();
    await waitFor(() => expect(main).toBe(document.activeElement));
    expect(main.getAttribute('aria-label')).toBe('Read aloud');
  });

  it.each([
    ['zh-CN', 'cmn'],
    ['ko', 'ko'],
    ['en', 'en_GB'],
    ['fr', null],
  ])('in %s takes the voice %s of thousands', async (language, lang) => {
    vi.stubGlobal('navigator', { languages: ['en-GB', 'en'] });
    const voices = ['yue', 'zh-HK', 'cmn', 'kok', 'ko', 'en-029', 'en_GB', 'en-US'].map((name) => ({ lang: name }));
    vi.stubGlobal('speechSynthesis', { getVoices: () => voices });
    expect(findVoice(language)?.lang ?? null).toBe(lang);
  });

  it('of another answer ends the one before', async () => {
    const { said } = giveVoice();
    renderPage(
      <>
        <ReadAloudButton id="run-1" text="One." />
        <ReadAloudButton id="run-2" text="Two." />
      </>,
    );
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Read aloud' })).toHaveLength(2));
    const [first, second] = screen.getAllByRole('button', { name: 'Read aloud' });
    if (first) await userEvent.click(first);
    if (second) await userEvent.click(second);
    await waitFor(() => expect(said.map(({ text }) => text)).toEqual(['One.', 'Two.']));
    expect(screen.getAllByRole('button', { name: 'Stop reading' })).toHaveLength(1);
  });

  it('says what to do where the browser has no voice', async () => {
    const { said, fail } = giveVoice();
    renderPage(
      <>
        <ReadAloudButton id="run-1" text="One." />
        <Toaster />
      </>,
    );
    await press('Read aloud');
    await waitFor(() => expect(said).toHaveLength(1));
    fail();
    expect(await screen.findByText('It could not be read aloud')).toBeTruthy();
    expect(await button('Read aloud')).toBeTruthy();
  });

  it('is not offered where nothing can', async () => {
    vi.stubGlobal('speechSynthesis', undefined);
    renderPage(<ReadAloudButton id="run-1" text="One." />);
    await waitFor(() => expect(hub.requests).toHaveLength(1));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('by the hub’s model that fails says why', async () => {
    hub.answer(`GET ${modelsPath}`, { body: byHub });
    hub.answer('POST /api/speech', { status: 402, body: problem(402, 'budget_exceeded', 'Spent.') });
    renderPage(
      <>
        <ReadAloudButton id="run-1" text="One." />
        <Toaster />
      </>,
    );
    await press('Read aloud');
    expect(await screen.findByText('The budget is spent')).toBeTruthy();
    expect(await button('Read aloud')).toBeTruthy();
    expect(hub.sent('POST', '/api/speech')).toEqual([{ text: 'One.' }]);
  });
});

function Field({ begun = '' }: { begun?: string }) {
  const [text, setText] = useState(begun);
  return (
    <>
      <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
      <DictateButton label="Speak instead of typing" text={text} onText={setText} disabled={false} />
      <Toaster />
    </>
  );
}
const message = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Message' });

/** A recognition that hears what the test says. */
function giveRecognition() {
  const made: (Recognition & { isAborted: boolean })[] = [];
  vi.stubGlobal(
    'webkitSpeechRecognition',
    class implements Recognition {
      lang = '';
      continuous = false;
      interimResults = false;
      onresult: Recognition['onresult'] = null;
      onerror: Recognition['onerror'] = null;
      onend: Recognition['onend'] = null;
      isAborted = false;
      start() {
        made.push(this);
      }
      stop() {
        this.onend?.();
      }
      abort() {
        this.isAborted = true;
        this.onend?.();
      }
    },
  );
  const hear = (...results: string[]) =>
    made.at(-1)?.onresult?.({ results: results.map((transcript) => [{ transcript }]) });
  return { made, hear };
}

describe('speaking instead of typing', () => {
  it('shows what is heard as it is understood, after what was written', async () => {
    const { made, hear } = giveRecognition();
    renderPage(<Field begun="Please:" />);
    await press('Speak instead of typing');
    await button('Stop listening');
    expect(made[0]).toMatchObject({ lang: 'en', continuous: true, interimResults: true });
    hear('what is');
    await waitFor(() => expect(message().value).toBe('Please: what is'));
    hear('What is three', ' times four?');
    await waitFor(() => expect(message().value).toBe('Please: What is three times four?'));
    await press('Stop listening');
    expect(await button('Speak instead of typing')).toBeTruthy();
    expect(message().value).toBe('Please: What is three times four?');
  });

  it('ends when a person types or the message is sent', async () => {
    const { made, hear } = giveRecognition();
    renderPage(<Field />);
    await press('Speak instead of typing');
    await button('Stop listening');
    hear('Hello');
    await waitFor(() => expect(message().value).toBe('Hello'));
    await userEvent.clear(message());
    expect(made[0]?.isAborted).toBe(true);
    hear('Hello there');
    expect(message().value).toBe('');
    expect(await button('Speak instead of typing')).toBeTruthy();
  });

  it('says what to do where the microphone may not be used', async () => {
    const { made } = giveRecognition();
    renderPage(<Field />);
    await press('Speak instead of typing');
    await button('Stop listening');
    made[0]?.onerror?.({ error: 'not-allowed' });
    made[0]?.onend?.();
    expect(await screen.findByText('The microphone may not be used')).toBeTruthy();
  });

  it('is there before anything has come, and keeps the focus while it is used', async () => {
    const { made } = giveRecognition();
    renderPage(<Field />);
    screen.getByRole('button', { name: 'Speak instead of typing' }).focus();
    expect(hub.requests).toEqual([]);
    await userEvent.keyboard(' ');
    await button('Stop listening');
    await userEvent.keyboard(' ');
    expect(await button('Speak instead of typing')).toBe(document.activeElement);
    expect(made).toHaveLength(1);
  });

  it('says what would help where neither the browser nor the hub can write it down', async () => {
    vi.stubGlobal('navigator', { languages: ['en'], mediaDevices: { getUserMedia: async () => ({}) } });
    vi.stubGlobal('MediaRecorder', class {});
    renderPage(<Field />);
    await press('Speak instead of typing');
    expect(await screen.findByText('Speech cannot be written down here')).toBeTruthy();
    expect(await button('Speak instead of typing')).toBeTruthy();
  });

  it('is not offered where nothing can listen', () => {
    renderPage(<Field />);
    expect(screen.queryByRole('button', { name: 'Speak instead of typing' })).toBeNull();
  });

  it('has the hub’s model write down a recording, and lets the microphone go', async () => {
    let isFree = false;
    vi.stubGlobal('navigator', {
      languages: ['en'],
      mediaDevices: { getUserMedia: async () => ({ getTracks: () => [{ stop: () => (isFree = true) }] }) },
    });
    vi.stubGlobal(
      'MediaRecorder',
      class {
        state = 'inactive';
        mimeType = 'audio/webm';
        ondataavailable: ((event: { data: Blob }) => void) | null = null;
        onstop: (() => void) | null = null;
        start() {
          this.state = 'recording';
        }
        stop() {
          this.state = 'inactive';
          this.ondataavailable?.({ data: new Blob(['sound']) });
          this.onstop?.();
        }
      },
    );
    hub.answer(`GET ${modelsPath}`, { body: byHub });
    hub.answer('POST /api/transcriptions', { body: { text: 'What is three times four?' } });
    renderPage(<Field begun="Please:" />);
    await press('Speak instead of typing');
    await screen.findByText('Listening');
    await press('Stop listening');
    await waitFor(() => expect(message().value).toBe('Please: What is three times four?'));
    expect(isFree).toBe(true);
  });
});

describe('the models of speech', () => {
  it('are chosen by administrators, and what the hub refuses stands at its field', async () => {
    hub.answer('GET /api/connections', { body: { items: [] } });
    hub.answer(`PUT ${modelsPath}`, ({ body }) =>
      (body as SpeechModels).speech === 'far/away'
        ? {
            status: 400,
            body: {
              ...problem(400, 'validation_failed', 'One thing in the request is not valid.'),
              errors: [{ path: 'body.speech', message: 'Name a model of an OpenAI-compatible connection.' }],
            },
          }
        : { body },
    );
    renderPage(
      <>
        <SpeechModelsCard />
        <Toaster />
      </>,
    );
    const speech = await screen.findByRole('combobox', { name: /^Model that reads aloud/ });
    await userEvent.type(speech, 'far/away');
    await press('Save');
    expect(await screen.findByText('Name a model of an OpenAI-compatible connection.')).toBeTruthy();
    await userEvent.clear(speech);
    await userEvent.type(speech, 'openai/tts-1');
    await press('Save');
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(hub.sent('PUT', modelsPath).at(-1)).toEqual({ ...byBrowsers, speech: 'openai/tts-1' });
  });
});
