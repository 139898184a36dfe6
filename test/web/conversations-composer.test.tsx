import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AgentTranslation } from '#server/contract/agent-definition.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { sampleConversation } from '#test/support/sample-conversation.ts';
import { runStart, toolCall } from '#test/support/sample-run.ts';
import { createRunLog, problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { Chat } from '#web/features/conversations/components/chat.tsx';
import { keepComposerDraft, readComposerDraft, writeComposerDrafts } from '#web/lib/composer-drafts.ts';
import { keepWords } from '#web/lib/words-to-say.ts';
import { SentenceAnnouncer } from '#web/features/conversations/components/sentence-announcer.tsx';
import { emptyRunView, type RunView } from '#web/features/runs/run-view.ts';
import { nextSentences } from '#web/features/conversations/next-sentences.ts';

const runs = '/api/agents/fee-clerk/runs';
let hub: ScriptedHub;
const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to Fee Clerk' });

beforeAll(startTexts);
beforeEach(async () => {
  localStorage.clear();
  hub = await startScriptedHub();
  openAddress(hub.url);
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

describe('writing a message', () => {
  it('does not send while an input method is composing, nor on Shift+Enter', async () => {
    renderPage(<Chat agent={sampleAgent()} />);
    await userEvent.type(box(), 'ni hao');
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(box(), { key: 'Enter', keyCode: 229 });
    await userEvent.type(box(), '{Shift>}{Enter}{/Shift}second');
    expect(box().value).toBe('ni hao\nsecond');
    expect(hub.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('takes files that are dropped anywhere on the chat or pasted, and leaves text to the browser', async () => {
    hub.answer('POST /api/files', { status: 413, body: {} });
    renderPage(<Chat agent={sampleAgent()} />);
    const picture = new File(['.'], 'table.png', { type: 'image/png' });
    const data = (types: string[], texts: Record<string, string> = {}) => ({
      types,
      files: types.includes('Files') ? [picture] : [],
      getData: (type: string) => texts[type] ?? '',
    });
    const isLeft = (kind: 'dragOver' | 'drop', on: HTMLElement, dataTransfer: object) =>
      fireEvent[kind](on, { dataTransfer });
    const log = screen.getByRole('region', { name: 'Chat with Fee Clerk' });
    expect([isLeft('dragOver', box(), data(['text/plain'])), isLeft('drop', box(), data(['text/plain']))]).toEqual([
      true,
      true,
    ]);
    const cells = { 'text/html': '<table></table>', 'text/plain': '1\t2' };
    expect(fireEvent.paste(box(), { clipboardData: data(['Files'], cells) })).toBe(true);
    expect(screen.queryByText('table.png')).toBeNull();

    expect([isLeft('dragOver', log, data(['Files'])), isLeft('drop', log, data(['Files']))]).toEqual([false, false]);
    await waitFor(() => expect(screen.getAllByText('table.png')).toHaveLength(1));
    expect(fireEvent.paste(box(), { clipboardData: data(['Files'], { 'text/html': '<img>' }) })).toBe(false);
    await waitFor(() => expect(screen.getAllByText('table.png')).toHaveLength(2));
  });

  it('waits while a file is not stored, until the person tries it again or takes it off', async () => {
    const log = createRunLog();
    hub.answer('POST /api/files', { status: 503, body: problem(503, 'unavailable', 'Not now.') });
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    renderPage(<Chat agent={sampleAgent()} />);
    const files = [new File(['.'], 'table.png', { type: 'image/png' })];
    fireEvent.paste(box(), { clipboardData: { types: ['Files'], files, getData: () => '' } });
    await screen.findByText(/^A file was not attached/);
    await userEvent.type(box(), 'What is it?{Enter}');
    expect(hub.sent('POST', runs)).toEqual([]);
    hub.answer('POST /api/files', { status: 413, body: '<h1>413</h1>' });
    const count = () => hub.requests.filter(({ path }) => path === '/api/files').length;
    await userEvent.click(screen.getByRole('button', { name: 'Upload table.png again' }));
    await waitFor(() => expect(count()).toBe(2));
    expect(await screen.findByText('It is too large for this hub.')).toBeTruthy();
    expect(hub.requests.find(({ path }) => path === '/api/files')?.query.get('for')).toBe('run');
    expect(await screen.findByText('A file was not attached. Take it off; until then nothing is sent.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Upload table.png again' })).toBeNull();
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove table.png'));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove table.png' }));
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
    await userEvent.type(box(), '{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs)).toHaveLength(1));
    log.emit(runStart);
  });

  it('has the focus after what had it is gone', async () => {
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    const { definition: sample } = sampleAgent();
    const definition = { ...sample, opening: { ...sample.opening, starters: ['What is a fee?'] } };
    renderPage(<Chat agent={{ ...sampleAgent(), definition }} />);
    screen.getByRole('button', { name: 'What is a fee?' }).focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(box()));
    log.emit(runStart);
  });

  it('keeps what was not sent when the page is opened again', async () => {
    const { unmount } = renderPage(<Chat agent={sampleAgent()} />);
    await userEvent.type(box(), 'Half a thought');
    unmount();
    renderPage(<Chat agent={sampleAgent()} />);
    expect(box().value).toBe('Half a thought');
  });

  it('keeps nothing of what was sent, and the newest drafts only', async () => {
    for (let number = 0; number < 40; number += 1) keepComposerDraft(`conversation-${number}`, 'typed');
    keepComposerDraft('conversation-39', '');
    expect(localStorage.length).toBe(0);
    writeComposerDrafts();
    expect([readComposerDraft('conversation-5'), readComposerDraft('conversation-38')]).toEqual(['', 'typed']);
    expect(readComposerDraft('conversation-39')).toBe('');
  });

  it('offers commands after a slash, by name or words, without the mouse', async () => {
    let begun = 0;
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    const { definition: sample } = sampleAgent();
    const definition = { ...sample, opening: { ...sample.opening, starters: ['What is a fee?'] } };
    renderPage(<Chat agent={{ ...sampleAgent(), definition }} onConversation={() => {}} onNew={() => (begun += 1)} />);
    await userEvent.type(box(), '/');
    await screen.findAllByRole('option');
    const options = () => screen.getAllByRole('option').map(({ textContent }) => textContent);
    expect(options()).toEqual(['/newNew conversation', '/modelChoose a model', 'What is a fee?']);
    await userEvent.type(box(), 'ne{Enter}');
    expect([begun, box().value]).toEqual([1, '']);
    await userEvent.type(box(), '/{ArrowUp}{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs)[0]).toMatchObject({ input: 'What is a fee?' }));
    await userEvent.type(box(), '/n{Escape}');
    expect([screen.queryByRole('option'), box().value]).toEqual([null, '/n']);
  });

  it('offers the prompts of MCP servers as commands, asks for what one needs, and sends nothing by itself', async () => {
    const prompts = '/api/agents/fee-clerk/prompts';
    const greet = {
      tool: 'desk/get_prompt',
      toolset: 'Desk',
      name: 'Greet',
      title: 'Greet somebody',
      description: 'Says hello.',
      parameters: [
        { name: 'who', description: 'Whom', isRequired: true },
        { name: 'tone', description: '', isRequired: false },
      ],
    };
    hub.answer(`GET ${prompts}`, { body: { items: [greet] } });
    hub.answer(`POST ${prompts}`, { body: { text: 'Greet Bo', leftOut: 0 } });
    renderPage(<Chat agent={sampleAgent()} version="draft" />);
    await userEvent.type(box(), '/gre');
    expect((await screen.findByRole('option')).textContent).toBe('/GreetSays hello. · Desk');
    await userEvent.keyboard('{Enter}');
    const dialog = within(await screen.findByRole('dialog', { name: 'Greet somebody' }));
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByRole('textbox', { name: /^who/ })));
    await userEvent.keyboard('{Enter}');
    expect(dialog.getByText('This is needed.')).toBeTruthy();
    await userEvent.keyboard('Bo{Enter}');
    await waitFor(() => expect(box().value).toBe('Greet Bo'));
    expect(hub.sent('POST', prompts)).toEqual([
      { tool: 'desk/get_prompt', name: 'Greet', arguments: { who: 'Bo' }, version: 'draft' },
    ]);
    expect(hub.sent('POST', runs)).toEqual([]);
  });

  it("asks for the agent's variables first and sends them along", async () => {
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    const variables = [
      { name: 'token', label: '哪个代币？', type: 'text' as const, required: true, options: [], defaultValue: '' },
      { name: 'tone', label: '语气', type: 'choice' as const, required: false, options: ['平实'], defaultValue: '' },
    ];
    const said = { token: { label: 'Which token?' }, tone: { label: 'Tone', options: { 平实: 'Plain' } } };
    const translations = { en: AgentTranslation.parse({ variables: said }) };
    renderPage(<Chat agent={sampleAgent({ variables, translations })} />);
    expect(box().disabled).toBe(true);
    await userEvent.click(await screen.findByRole('button', { name: 'Begin' }));
    expect(screen.getByText('This is needed.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Which token?'), 'ETH');
    await userEvent.selectOptions(screen.getByLabelText(/^Tone/), 'Plain');
    await userEvent.click(screen.getByRole('button', { name: 'Begin' }));
    await userEvent.type(box(), 'Explain{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs)).toMatchObject([{ variables: { token: 'ETH', tone: '平实' } }]));
  });

  it('does not ask once more in a conversation for what need not be said, nor for what the hub knows, and fills in what was said last', async () => {
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
    hub.answer('GET /api/conversations/conversation-1/messages', { body: { items: [], nextCursor: null } });
    const shop = { name: 'shop', label: 'Shop', type: 'text' as const, options: [], defaultValue: 'Lamps' };
    const optional = sampleAgent({ variables: [{ ...shop, required: false }] });
    const first = renderPage(<Chat agent={optional} />);
    await screen.findByText('You may tell the agent this before you begin.');
    first.unmount();
    const second = renderPage(<Chat agent={optional} conversation="conversation-1" />);
    await waitFor(() => expect(box().disabled).toBe(false));
    await userEvent.type(box(), 'And gas?{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs)).toMatchObject([{ variables: { shop: 'Lamps' } }]));
    second.unmount();
    const kept = sampleConversation(null);
    kept.body.variables = { shop: 'Chairs' };
    hub.answer('GET /api/conversations/conversation-1', kept);
    const third = renderPage(
      <Chat
        agent={sampleAgent({ variables: [{ ...shop, defaultValue: '', required: true }] })}
        conversation="conversation-1"
      />,
    );
    await waitFor(() => expect(box().disabled).toBe(false));
    await userEvent.type(box(), 'Well?{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs).at(-1)).toMatchObject({ variables: { shop: 'Chairs' } }));
    third.unmount();
    hub.answer('GET /api/conversations', { body: { items: [kept.body], nextCursor: null } });
    renderPage(<Chat agent={sampleAgent({ variables: [{ ...shop, defaultValue: '', required: true }] })} />);
    await screen.findByText(/What you answered last time is filled in\.$/);
    expect(screen.getByLabelText<HTMLInputElement>('Shop').value).toBe('Chairs');
  });

  it('asks at once, and once, what was chosen on the page that led here, and before that what the agent wants to know', async () => {
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    keepWords('chat', 'fee-clerk', 'What is a fee?');
    const variables = [
      { name: 'token', label: 'Which token?', type: 'text' as const, required: true, options: [], defaultValue: '' },
    ];
    const agent = sampleAgent({ variables });
    const { unmount } = renderPage(<Chat agent={agent} onConversation={() => undefined} />);
    await userEvent.type(await screen.findByLabelText('Which token?'), 'ETH');
    expect(hub.sent('POST', runs)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Begin' }));
    await waitFor(() =>
      expect(hub.sent('POST', runs)).toMatchObject([{ input: 'What is a fee?', variables: { token: 'ETH' } }]),
    );
    unmount();
    renderPage(<Chat agent={sampleAgent()} onConversation={() => undefined} />);
    await userEvent.type(box(), 'And gas?{Enter}');
    await waitFor(() => expect(hub.sent('POST', runs).at(-1)).toMatchObject({ input: 'And gas?' }));
    expect(hub.sent('POST', runs)).toHaveLength(2);
  });

  it('shows a person exactly what a tool would be given, and sends their refusal with its reason', async () => {
    const log = createRunLog();
    hub.answer(`POST ${runs}`, (request, response) => log.open(request, response));
    hub.answer('POST /api/runs/run-1/approvals/approval-1', { body: {} });
    renderPage(<Chat agent={sampleAgent()} />);
    await userEvent.type(box(), 'Pay{Enter}');
    const input = { amount: '12.50', to: '0xabc' };
    log.emit(
      runStart,
      { ...toolCall, input },
      {
        type: 'approval-request',
        approval: 'approval-1',
        call: 'call-1',
        tool: 'pay',
        input,
        expiresAt: '2026-11-23T11:00:00Z',
      },
    );
    const card = within(await screen.findByRole('region', { name: 'May this go ahead?' }));
    expect(card.getByText(/"amount": "12.50"/)).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'Refuse…' }));
    await userEvent.type(card.getByRole('textbox', { name: /Why not/ }), 'Too much');
    await userEvent.click(card.getByRole('button', { name: 'Refuse' }));
    expect(await card.findByText('Your answer is on its way.')).toBeTruthy();
    expect(hub.sent('POST', '/api/runs/run-1/approvals/approval-1')).toEqual([
      { decision: 'refuse', reason: 'Too much' },
    ]);
  });
});

describe('what a screen reader is told', () => {
  it('comes by whole sentences, and the rest at the end', () => {
    const first = nextSentences('It is **ten**. And the', 0, false);
    expect(first.sentences).toBe('It is ten.');
    const whole = nextSentences('It is **ten**. And the rest', first.announced, true);
    expect(whole.sentences).toBe('And the rest');
    expect(nextSentences('费用是十元。还有', 0, false).sentences).toBe('费用是十元。');
    const marked = 'See [the list](https://example.org/a).\n\n| fee | rate |\n|:---|---:|\n| swap | 3 % |\n';
    expect(nextSentences(marked, 0, false).sentences).toBe('See the list. fee rate swap 3 %');
  });

  it('is no faster than people can hear, however fast the answer is, and loses nothing', () => {
    vi.useFakeTimers();
    const heard: string[] = [];
    const toView = (run: string, text: string, status: RunView['status']) => ({ ...emptyRunView, run, text, status });
    const { rerender, container } = render(<SentenceAnnouncer view={toView('one', '', 'running')} />);
    const hear = () => {
      const now = container.textContent.trim();
      if (now !== '' && now !== heard.at(-1)) heard.push(now);
    };
    const sentences = Array.from({ length: 120 }, (_, index) => `Sentence ${index} is here.`);
    for (let count = 1; count <= sentences.length; count += 1) {
      rerender(<SentenceAnnouncer view={toView('one', `${sentences.slice(0, count).join(' ')} `, 'running')} />);
      act(() => {
        vi.advanceTimersByTime(25);
      });
      hear();
    }
    expect(heard.length).toBeLessThanOrEqual(3);
    // The next answer begins before the end of this one was told.
    rerender(<SentenceAnnouncer view={toView('one', `${sentences.join(' ')} The rest`, 'completed')} />);
    rerender(<SentenceAnnouncer view={toView('two', 'Short.', 'completed')} />);
    act(() => {
      vi.advanceTimersByTime(3000);
    });
    hear();
    expect(heard.join(' ')).toBe(`${sentences.join(' ')} The rest Short.`);
    vi.useRealTimers();
  });
});
