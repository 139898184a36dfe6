import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Agent, UpdateDraftInput } from '#server/contract/agent.ts';
import type { DraftTalk } from '#server/contract/proposal.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { price } from '#test/support/builder-page.tsx';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { runEnd } from '#test/support/sample-run.ts';
import { createRunLog, problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { AgentBuilder } from '#web/features/agents/components/agent-builder.tsx';
import { DescribePanel } from '#web/features/proposals/components/describe-panel.tsx';

const draftPath = '/api/agents/agent-1/draft';
const talkPath = '/api/agents/agent-1/talk';
const decisionPath = `${talkPath}/proposals/proposal-1`;
const startedAt = '2026-11-27T08:00:00.000Z';
let hub: ScriptedHub;
let stored: Agent;
let talk: DraftTalk;
let messages: object[];

const proposal: Extract<Artifact, { kind: 'proposal' }> = {
  kind: 'proposal',
  id: 'proposal-1',
  title: 'A first draft.',
  agent: 'agent-1',
  changes: {
    summary: 'A first draft.',
    name: 'Fee clerk',
    instructions: 'Work out fees.\nShow each step.',
    tools: ['calculator'],
    tests: [{ name: 'Adds', input: '2 + 2', expect: [{ kind: 'contains', anyOf: ['4'] }], needs: [] }],
  },
};
const said = (artifacts: Artifact[]) => ({
  id: 'message-2',
  parentId: null,
  siblings: { number: 1, count: 1, previous: null, next: null },
  feedback: null,
  role: 'assistant',
  content: 'Have a look.',
  files: [],
  run: {
    id: 'run-1',
    status: 'completed',
    agent: { id: 'builder', handle: 'agent-builder', name: 'Agent Builder' },
    version: 1,
    model: 'openai/test-model',
    finishReason: 'stop',
    startedBy: { kind: 'page' },
    startedAt,
    steps: [],
    sources: [],
    artifacts,
    reasoning: '',
    error: null,
  },
  sources: [],
  createdAt: startedAt,
});

const openBuilder = () =>
  renderPage(
    <AgentBuilder
      agent={stored}
      paths={{
        chat: (handle) => `/chat/${handle}`,
        conversation: (handle, id) => `/chat/${handle}/${id}`,
        models: '/elsewhere',
        toolsets: '/elsewhere',
      }}
      renderTests={() => null}
      renderPublishGate={() => null}
      renderShare={() => null}
      renderPreview={() => null}
      renderDescribe={(draft) => <DescribePanel draft={draft} modelsAddress="/elsewhere" />}
    />,
  );
const openTalk = async () => {
  openBuilder();
  await userEvent.click(screen.getAllByRole('radio', { name: 'Describe' })[0] as HTMLElement);
  return screen.findByRole('region', { name: 'Describe' });
};
const findCard = async () => {
  const panel = await openTalk();
  return within(await within(panel).findByRole('region', { name: 'Proposal' }));
};
const decisions = () => hub.sent('PUT', decisionPath);

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  stored = sampleAgent({ instructions: 'Work out fees.' });
  talk = { conversationId: 'talk-1', activeRun: null, decisions: [], model: 'openai/test-model' };
  messages = [said([proposal])];
  hub.answer('GET /api/tools', { body: { items: [{ ...price, id: 'calculator' }] } });
  hub.answer('GET /api/hub/categories', { body: { items: [] } });
  hub.answer('GET /api/models', {
    body: { items: [], defaultModel: 'offline/planner', imageModel: null, problems: [] },
  });
  hub.answer('GET /api/agents/agent-1', () => ({ body: stored }));
  hub.answer(`GET ${talkPath}`, () => ({ body: talk }));
  hub.answer('GET /api/conversations/talk-1/messages', () => ({ body: { items: messages, nextCursor: null } }));
  hub.answer(`PUT ${decisionPath}`, ({ body }) => {
    const decision = { proposal: 'proposal-1', ...(body as Pick<DraftTalk['decisions'][0], 'applied' | 'discarded'>) };
    talk = { ...talk, decisions: [{ ...decision, decidedAt: startedAt }] };
    return { body: talk.decisions[0] };
  });
  hub.answer('POST /api/agents/agent-1/tests', ({ body }) => ({
    status: 201,
    body: { id: 'test-1', revision: 1, test: body, updatedAt: startedAt },
  }));
  hub.answer(`PATCH ${draftPath}`, ({ body }) => {
    const { handleFollowsName, ...parts } = body as UpdateDraftInput;
    const definition = { ...stored.definition, ...parts } as Agent['definition'];
    if (handleFollowsName) definition.identity = { ...definition.identity, handle: 'after-its-name' };
    stored = { ...stored, definition, draftRevision: (stored.draftRevision ?? 0) + 1 };
    return { body: stored };
  });
});
afterEach(async () => {
  cleanup();
  sessionStorage.clear();
  await closePage();
  await hub.close();
});

describe('a proposal', () => {
  it('is a diff of the draft, taken part by part through the same saving as every edit, and undone like one', async () => {
    const card = await findCard();
    expect(card.getByText('Show each step.').textContent).toBe('+ after: Show each step.');
    expect((await card.findByText('Get a price')).textContent).toBe('+ after: Get a price');
    expect(card.getByText(/Contains: 4$/)).toBeTruthy();
    await userEvent.click(card.getByRole('checkbox', { name: 'Tools' }));
    await userEvent.click(card.getByRole('checkbox', { name: 'New tests' }));
    await userEvent.click(card.getByRole('button', { name: 'Apply 2 parts' }));
    await waitFor(() => expect(decisions()).toEqual([{ applied: ['name', 'instructions'], discarded: [] }]));
    expect(hub.sent('PATCH', draftPath)).toEqual([
      {
        identity: { ...sampleAgent().definition.identity, name: 'Fee clerk' },
        instructions: 'Work out fees.\nShow each step.',
        handleFollowsName: true,
      },
    ]);
    expect(hub.sent('POST', '/api/agents/agent-1/tests')).toEqual([]);
    expect((await card.findAllByText('Applied')).length).toBe(2);
    await userEvent.click(card.getByRole('button', { name: 'Discard the rest' }));
    await waitFor(() =>
      expect(decisions().at(-1)).toEqual({ applied: ['name', 'instructions'], discarded: ['tools', 'tests'] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(stored.definition.instructions).toBe('Work out fees.'));
    expect(stored.definition.identity.name).toBe(sampleAgent().definition.identity.name);
    await waitFor(() => expect(decisions().at(-1)).toEqual({ applied: [], discarded: ['tools', 'tests'] }));
    expect(await card.findByRole('button', { name: 'Apply 2 parts' })).toBeTruthy();
    expect(card.queryByText('Applied')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Redo' }));
    expect((await card.findAllByText('Applied')).length).toBe(2);
    expect(decisions().at(-1)).toEqual({ applied: ['name', 'instructions'], discarded: ['tools', 'tests'] });
  });

  it('is taken whole, its tests with it', async () => {
    const card = await findCard();
    await userEvent.click(card.getByRole('button', { name: 'Apply all' }));
    await waitFor(() => expect(decisions()).toHaveLength(1));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Proposal'));
    expect(stored.definition.tools).toMatchObject([{ id: 'calculator', approval: 'on-write' }]);
    expect(hub.sent('POST', '/api/agents/agent-1/tests')).toMatchObject([{ name: 'Adds', input: '2 + 2', needs: [] }]);
  });

  it('keeps tests open that could not be added, and adds none twice', async () => {
    const [first] = (proposal.changes as { tests: object[] }).tests;
    const changes = {
      ...proposal.changes,
      tests: [first, { ...first, name: 'Adds again' }],
    } as typeof proposal.changes;
    messages = [said([{ ...proposal, changes }])];
    let isFull = true;
    hub.answer('POST /api/agents/agent-1/tests', ({ body }) =>
      isFull && (body as { name: string }).name === 'Adds again'
        ? { status: 409, body: problem(409, 'conflict', 'An agent has 100 tests at most.') }
        : { status: 201, body: { id: 'test-1', revision: 1, test: body, updatedAt: startedAt } },
    );
    const card = await findCard();
    await userEvent.click(card.getByRole('button', { name: 'Apply all' }));
    await card.findByText('An agent has 100 tests at most.');
    expect(decisions()).toEqual([{ applied: ['name', 'instructions', 'tools'], discarded: [] }]);
    isFull = false;
    await userEvent.click(await card.findByRole('button', { name: 'Apply 1 part' }));
    await waitFor(() => expect(decisions()).toHaveLength(2));
    const sent = hub.sent('POST', '/api/agents/agent-1/tests') as { name: string }[];
    expect(sent.map(({ name }) => name)).toEqual(['Adds', 'Adds again', 'Adds again']);
  });

  it('is not decided while the draft was changed elsewhere: the builder asks first', async () => {
    hub.answer(`PATCH ${draftPath}`, {
      status: 412,
      body: problem(412, 'precondition_failed', 'The draft has changed.'),
    });
    const card = await findCard();
    await userEvent.click(card.getByRole('button', { name: 'Apply all' }));
    await screen.findByText('Someone else changed this draft');
    expect(decisions()).toEqual([]);
    expect(hub.sent('POST', '/api/agents/agent-1/tests')).toEqual([]);
  });

  it('of another version of the hub is named and left alone', async () => {
    messages = [said([{ ...proposal, changes: { summary: 'x', later: true } }])];
    const panel = await openTalk();
    await within(panel).findByText('This proposal is of another version of the hub.');
  });
});

describe('the talk', () => {
  it('begins with what was written for a new agent, shows the work, and can be decided when it has ended', async () => {
    const log = createRunLog();
    hub.answer(`POST ${talkPath}/runs`, log.open);
    hub.answer('POST /api/runs/run-1/cancel', { body: {} });
    messages = [];
    talk = { ...talk, conversationId: null };
    sessionStorage.setItem('atrium.describe.agent-1', 'Work out fees');
    const panel = within(await openTalk());
    await panel.findByText('Work out fees');
    await waitFor(() =>
      expect(hub.sent('POST', `${talkPath}/runs`)).toEqual([{ input: 'Work out fees', stream: true }]),
    );
    log.emit(
      {
        type: 'run-start',
        run: 'run-1',
        agent: 'agent-builder',
        version: 1,
        conversationId: 'talk-1',
        model: 'openai/test-model',
        startedAt,
      },
      { type: 'artifact', artifact: proposal },
      { type: 'text-delta', text: 'Have a look.' },
    );
    const apply = await panel.findByRole<HTMLButtonElement>('button', { name: 'Apply all' });
    expect(apply.disabled).toBe(true);
    await userEvent.click(panel.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(hub.sent('POST', '/api/runs/run-1/cancel')).toHaveLength(1));
    talk = { ...talk, conversationId: 'talk-1' };
    messages = [said([proposal]), { ...said([]), id: 'message-1', role: 'user', content: 'Work out fees', run: null }];
    const usage = { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0, reasoningTokens: 0 };
    log.emit(runEnd({ usage, costUsd: 0, endedAt: startedAt }));
    await waitFor(() =>
      expect(panel.getByRole<HTMLButtonElement>('button', { name: 'Apply all' }).disabled).toBe(false),
    );
    await waitFor(() => expect(panel.getAllByText('Work out fees')).toHaveLength(1));
    await waitFor(() => expect(panel.getAllByRole('region', { name: 'Proposal' })).toHaveLength(1));
    expect(sessionStorage).toHaveLength(0);
  });

  it('asks again what the model failed to answer', async () => {
    hub.answer(`POST ${talkPath}/runs`, createRunLog().open);
    const { run, ...answer } = said([]);
    const error = problem(503, 'model_unavailable', 'The provider failed.');
    messages = [
      { ...answer, content: '', run: { ...run, status: 'failed', error } },
      { ...said([]), id: 'message-1', role: 'user', content: 'Work out fees', run: null },
    ];
    const panel = within(await openTalk());
    await userEvent.click(await panel.findByRole('button', { name: 'Try again' }));
    await waitFor(() =>
      expect(hub.sent('POST', `${talkPath}/runs`)).toEqual([{ input: 'Work out fees', stream: true }]),
    );
  });

  it('says what could not be sent, and sends it again', async () => {
    messages = [];
    talk = { ...talk, conversationId: null, model: null };
    hub.answer(`POST ${talkPath}/runs`, {
      status: 503,
      body: problem(503, 'unavailable', 'The builder agent was removed.'),
    });
    const panel = within(await openTalk());
    await panel.findByText('No language model is connected');
    await userEvent.click(panel.getByRole('button', { name: /meeting notes/ }));
    await userEvent.keyboard('{Enter}');
    await userEvent.click(panel.getByRole('button', { name: 'Send' }));
    await userEvent.click(await panel.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(hub.sent('POST', `${talkPath}/runs`).length).toBeGreaterThan(1));
  });
});

describe('a text written better', () => {
  const open = async () => {
    openBuilder();
    await userEvent.click(screen.getByRole('button', { name: 'Write better: instructions' }));
    return within(await screen.findByRole('dialog', { name: 'Write this better' }));
  };

  it('is shown as a diff, and changes the draft only when it is applied', async () => {
    hub.answer('POST /api/agents/agent-1/rewrite', {
      body: { text: 'You work out fees.', model: 'openai/test-model' },
    });
    const dialog = await open();
    await userEvent.type(dialog.getByRole('textbox', { name: /What should be better/ }), 'Whole sentences');
    await userEvent.click(dialog.getByRole('button', { name: 'Write better' }));
    await dialog.findByText('You work out fees.');
    expect(hub.sent('POST', '/api/agents/agent-1/rewrite')).toEqual([
      { part: 'instructions', text: 'Work out fees.', wish: 'Whole sentences' },
    ]);
    expect(hub.sent('PATCH', draftPath)).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Apply' }));
    await waitFor(() => expect(hub.sent('PATCH', draftPath)).toEqual([{ instructions: 'You work out fees.' }]));
  });

  it('needs a language model, and says so', async () => {
    talk = { ...talk, model: null };
    const dialog = await open();
    await dialog.findByText('This needs a language model');
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Write better' }).disabled).toBe(true);
  });
});
