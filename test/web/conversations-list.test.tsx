import { useQueryClient } from '@tanstack/react-query';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConversationFolder } from '#server/contract/conversation-folder.ts';
import type { ConversationSummary } from '#server/contract/conversation.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { sampleAgent } from '#test/support/sample-agent.ts';
import { sampleConversation } from '#test/support/sample-conversation.ts';
import { runEnd, runStart, toolCall } from '#test/support/sample-run.ts';
import { createRunLog, problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { Chat } from '#web/features/conversations/components/chat.tsx';
import { ConversationList } from '#web/features/conversations/components/conversation-list.tsx';
import { tellNews } from '#web/features/conversations/conversation-news.ts';
import { followNews } from '#web/features/conversations/follow-news.ts';
import { Toaster } from '#web/ui/toaster.tsx';

let hub: ScriptedHub;
let stored: ConversationSummary[];
const written: ConversationSummary = {
  id: 'conversation-1',
  title: 'What I asked',
  source: 'page',
  agent: { id: 'agent-1', handle: 'clerk', name: 'Clerk', translations: {} },
  answeredBy: { id: 'agent-1', handle: 'clerk', name: 'Clerk', translations: {} },
  isWaiting: false,
  isPinned: false,
  isArchived: false,
  folder: null,
  createdAt: '2020-11-01T00:00:00Z',
  updatedAt: '2020-11-01T00:00:00Z',
};
const fired: ConversationSummary = { ...written, id: 'conversation-2', title: 'Morning report', source: 'trigger' };
const work = { id: 'folder-1', name: 'Work', createdAt: '2020-11-01T00:00:00Z' };

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  stored = [written, fired];
  hub.answer('GET /api/conversation-folders', { body: { items: [work] } });
  hub.answer('GET /api/conversations', ({ query }) => ({
    body: {
      items: stored.filter(
        ({ source, isPinned, isArchived, folder }) =>
          source === (query.get('source') ?? source) &&
          String(isPinned) === (query.get('pinned') ?? String(isPinned)) &&
          String(isArchived) === (query.get('archived') ?? 'false') &&
          (folder ?? 'none') === (query.get('folder') ?? folder ?? 'none'),
      ),
      nextCursor: null,
    },
  }));
  hub.answer('PATCH /api/conversations/conversation-1', ({ body }) => {
    const [, ...others] = stored;
    const changes = body as { pinned?: boolean; archived?: boolean; folder?: string };
    const changed = {
      ...written,
      isPinned: changes.pinned ?? written.isPinned,
      isArchived: changes.archived ?? written.isArchived,
      folder: changes.folder ?? null,
    };
    stored = [changed, ...others];
    return { body: { ...changed, activeRun: null, leafMessageId: null, forkedFromId: null, variables: {} } };
  });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

function Following() {
  const queryClient = useQueryClient();
  useEffect(() => followNews(queryClient), [queryClient]);
  return null;
}

const open = () => renderPage(<ConversationList agent="clerk" toAddress={(id) => `/chat/clerk/${id ?? ''}`} />);
const choose = async (name: string) => {
  await userEvent.click(await screen.findByRole('button', { name: 'Actions for “What I asked”' }));
  await userEvent.click(await screen.findByRole('menuitem', { name }));
};

it('what triggers began is one choice away from what the person began', async () => {
  open();
  expect(await screen.findByRole('link', { name: /What I asked/ })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Triggers' }));
  const link = await screen.findByRole('link', { name: /Morning report/ });
  expect(link.getAttribute('href')).toBe('/chat/clerk/conversation-2');
  expect(screen.queryByRole('link', { name: /What I asked/ })).toBeNull();
});

it('a conversation is pinned above the others, which stand by their date', async () => {
  open();
  expect(await screen.findByRole('heading', { name: 'Earlier' })).toBeTruthy();
  await choose('Pin');
  expect(await screen.findByRole('heading', { name: 'Pinned' })).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Earlier' })).toBeNull());
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for “What I asked”' })),
  );
});

it('one that is archived is found in the archive, and the focus goes to what stood beside it', async () => {
  stored.push({ ...written, id: 'conversation-3', title: 'A later one' });
  open();
  await choose('Archive');
  await waitFor(() => expect(screen.queryByRole('link', { name: /What I asked/ })).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('link', { name: /A later one/ })));
  await userEvent.click(screen.getByRole('radio', { name: 'Archive' }));
  expect(await screen.findByRole('link', { name: /What I asked/ })).toBeTruthy();
});

it('one that is put into a folder leaves the focus to what stands around it', async () => {
  open();
  await choose('Move to folder…');
  await screen.findByRole('option', { name: 'Work' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Folder' }), 'Work');
  await userEvent.click(screen.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Work' })));
});

it('a new folder has what was moved there, though others come while it is named and the first try fails', async () => {
  const trips = { ...work, id: 'folder-2', name: 'Trips' };
  let folders: ConversationFolder[] = [];
  hub.answer('GET /api/conversation-folders', () => ({ body: { items: folders } }));
  hub.answer('POST /api/conversation-folders', () => {
    folders = [...folders, trips];
    return { status: 201, body: trips };
  });
  const path = '/api/conversations/conversation-1';
  hub.answer(`PATCH ${path}`, { status: 503, body: problem(503, 'unavailable', 'Not now.') });
  renderPage(
    <>
      <Following />
      <ConversationList agent="clerk" toAddress={(id) => `/chat/clerk/${id ?? ''}`} />
    </>,
  );
  await choose('Move to folder…');
  await userEvent.type(await screen.findByRole('textbox', { name: 'Name of the folder' }), 'Trips');
  folders = [work];
  tellNews('1', JSON.stringify({ type: 'folders' }));
  await screen.findByRole('option', { name: 'Work' });
  await userEvent.click(screen.getByRole('button', { name: 'Move' }));
  await screen.findByText('Not now.');
  await userEvent.click(screen.getByRole('button', { name: 'Move' }));
  await waitFor(() => expect(hub.sent('PATCH', path)).toEqual([{ folder: trips.id }, { folder: trips.id }]));
  expect(hub.sent('POST', '/api/conversation-folders')).toEqual([{ name: 'Trips' }]);
});

it('one whose deletion is undone has the focus again', async () => {
  renderPage(
    <>
      <ConversationList agent="clerk" toAddress={(id) => `/chat/clerk/${id ?? ''}`} />
      <Toaster />
    </>,
  );
  await choose('Delete');
  await screen.findByRole('button', { name: 'Undo' });
  await userEvent.keyboard('{Control>}z{/Control}');
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Actions for “What I asked”' })),
  );
});

it('a folder opens to show what lies in it', async () => {
  stored = [{ ...written, folder: work.id }];
  open();
  const folder = await screen.findByRole('button', { name: 'Work' });
  expect(screen.queryByRole('link', { name: /What I asked/ })).toBeNull();
  await userEvent.click(folder);
  expect(await screen.findByRole('link', { name: /What I asked/ })).toBeTruthy();
  expect(folder.getAttribute('aria-expanded')).toBe('true');
});

it('a hit shows what was looked for and leads to its message', async () => {
  hub.answer('GET /api/conversation-hits', ({ query }) => ({
    body: {
      items:
        query.get('search') === 'fees'
          ? [
              {
                conversation: written,
                message: 'message-7',
                snippet: [
                  { text: 'How are the ', isHit: false },
                  { text: 'fees', isHit: true },
                ],
              },
            ]
          : [],
      nextCursor: null,
    },
  }));
  open();
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search conversations' }), 'fees');
  const link = await screen.findByRole('link', { name: /How are the fees/ });
  expect(link.getAttribute('href')).toBe('/chat/clerk/conversation-1#message-message-7');
  expect(within(link).getByText('fees').tagName).toBe('MARK');
});

it('a link to a conversation is made as its person says, and copied or revoked afterwards', async () => {
  const shares: object[] = [];
  hub.answer('GET /api/sharing-settings', { body: { isAllowed: true } });
  hub.answer('GET /api/conversation-shares', () => ({ body: { items: shares, nextCursor: null } }));
  hub.answer('POST /api/conversations/conversation-1/shares', ({ body }) => {
    const { expiresInDays: _, ...input } = body as { expiresInDays: number };
    shares.push({
      ...input,
      id: 'share-1',
      conversation: written.id,
      agent: written.agent,
      title: written.title,
      createdAt: written.createdAt,
      expiresAt: null,
    });
    return { status: 201, body: shares[0] };
  });
  hub.answer('DELETE /api/conversation-shares/share-1', () => {
    shares.pop();
    return { status: 204 };
  });
  open();
  await choose('Share…');
  await userEvent.click(await screen.findByRole('switch', { name: 'Show my name' }));
  const create = screen.getByRole('button', { name: 'Create link' });
  await waitFor(() => expect(create.hasAttribute('disabled')).toBe(false));
  await userEvent.click(create);
  expect(await screen.findByRole('link', { name: /\/s\/share-1$/ })).toBeTruthy();
  expect(shares).toMatchObject([{ showsName: true, withFiles: false }]);
  await userEvent.click(screen.getByRole('button', { name: 'Revoke' }));
  expect(await screen.findByText('This conversation is not shared.')).toBeTruthy();
});

it('a conversation that has just begun is listed as soon as its run asks the person', async () => {
  const log = createRunLog();
  hub.answer('POST /api/agents/fee-clerk/runs', (request, response) => log.open(request, response));
  hub.answer('GET /api/conversations/conversation-1', sampleConversation(null));
  hub.answer('GET /api/conversations/conversation-1/messages', { body: { items: [], nextCursor: null } });
  stored = [];
  renderPage(
    <>
      <ConversationList agent="fee-clerk" toAddress={(id) => `/chat/fee-clerk/${id ?? ''}`} />
      <Chat agent={sampleAgent()} />
    </>,
  );
  await screen.findByText(/^Nothing yet/);
  await userEvent.type(screen.getByRole('textbox', { name: 'Message to Fee Clerk' }), 'Pay it{Enter}');
  stored = [{ ...written, isWaiting: true }];
  log.emit(runStart, toolCall, {
    type: 'approval-request',
    approval: 'approval-1',
    call: 'call-1',
    tool: 'calculator',
    input: { expression: '3 * 4' },
    expiresAt: '2026-11-24T10:00:00Z',
  });
  await screen.findByRole('link', { name: /What I asked.*Waits for you/ });
  stored = [written];
  log.emit(runEnd());
  await waitFor(() => expect(screen.queryByText('Waits for you')).toBeNull());
});
