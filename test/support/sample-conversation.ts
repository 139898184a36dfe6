import type { NamedAgent } from '#server/contract/run-event.ts';

export const clerk = { id: 'agent-1', handle: 'fee-clerk', name: 'Fee Clerk', translations: {} };

/** The hub's answer that tells of the conversation of a page's tests. */
export const sampleConversation = (activeRun: string | null, answeredBy: NamedAgent = clerk) => ({
  body: {
    id: 'conversation-1',
    title: 'Fees',
    source: 'page',
    activeRun,
    leafMessageId: null,
    forkedFromId: null,
    variables: {} as Record<string, string>,
    isWaiting: false,
    isPinned: false,
    isArchived: false,
    folder: null,
    agent: clerk,
    answeredBy,
    createdAt: '2026-11-23T10:00:00Z',
    updatedAt: '2026-11-23T10:00:00Z',
  },
});
