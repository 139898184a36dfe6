import { cleanup } from '@testing-library/react';
import type { Agent, PublishProblem, UpdateDraftInput } from '#server/contract/agent.ts';
import type { ListedTool } from '#server/contract/tool.ts';
import { AgentBuilder } from '#web/features/agents/components/agent-builder.tsx';
import { closePage, openAddress } from './page-window.ts';
import { renderPage } from './render-page.tsx';
import { sampleAgent } from './sample-agent.ts';
import { problem, startScriptedHub } from './scripted-hub.ts';

const draftPath = '/api/agents/agent-1/draft';

export const price: ListedTool = {
  id: 'feed/get_price',
  title: { en: 'Get a price', zh: '查询价格' },
  description: { en: 'The price of a token.', zh: '代币的价格。' },
  category: 'connected',
  effect: 'read',
  toolset: { id: 't1', name: 'Price feed' },
  unavailable: null,
  onlyInRuns: null,
  inputSchema: {
    type: 'object',
    required: ['symbol'],
    properties: { symbol: { type: 'string' }, days: { type: 'integer', description: 'How far back' } },
  },
  outputSchema: {},
  isFavourite: false,
};

/** The builder of one agent, before a hub that keeps its draft. */
export async function startBuilder() {
  const hub = await startScriptedHub();
  openAddress(hub.url);
  const builder = {
    hub,
    stored: sampleAgent({ instructions: 'Work out fees.' }),
    findProblems: (_draft: Agent['definition']): PublishProblem[] => [],
    open: (): ReturnType<typeof renderPage> =>
      renderPage(
        <AgentBuilder
          agent={builder.stored}
          paths={{
            chat: (handle) => `/chat/${handle}`,
            conversation: (handle, id) => `/chat/${handle}/${id}`,
            models: '/elsewhere',
            toolsets: '/elsewhere',
          }}
          renderTests={() => <p>Tests here</p>}
          renderDescribe={() => null}
          renderPublishGate={() => null}
          renderShare={() => null}
          renderPreview={(draft) => <p data-testid="preview">{draft.definition.instructions}</p>}
        />,
      ),
    patches: () => hub.sent('PATCH', draftPath),
    close: async () => {
      cleanup();
      await closePage();
      await hub.close();
    },
  };
  hub.answer('GET /api/tools', { body: { items: [] } });
  hub.answer('GET /api/models', {
    body: { items: [], defaultModel: 'offline/planner', imageModel: null, problems: [] },
  });
  hub.answer('GET /api/agents/agent-1', () => ({ body: builder.stored }));
  hub.answer(`PATCH ${draftPath}`, ({ headers, body }) => {
    const { stored } = builder;
    if (headers['if-match'] !== `"${stored.draftRevision}"`) {
      return { status: 412, body: problem(412, 'precondition_failed', 'The draft has changed.') };
    }
    const definition = { ...stored.definition, ...(body as UpdateDraftInput) } as Agent['definition'];
    builder.stored = {
      ...stored,
      definition,
      draftRevision: (stored.draftRevision ?? 0) + 1,
      draftProblems: builder.findProblems(definition),
    };
    return { body: builder.stored };
  });
  return builder;
}
