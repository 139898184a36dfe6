import type { Actor } from '#server/contract/actor.ts';
import type { ChainReader } from '#server/contract/chain-readings.ts';
import type { AccountRepository } from '#server/features/accounts/account-repository.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import { createAlertFiringRepository } from '#server/features/alerts/alert-firing-repository.ts';
import { createAlertRepository } from '#server/features/alerts/alert-repository.ts';
import { createAlertService } from '#server/features/alerts/alert-service.ts';
import { createConversationTeller } from '#server/features/conversations/tell-in-conversation.ts';
import { createToldRepository } from '#server/features/conversations/told-repository.ts';
import type { ExecutionService } from '#server/features/queries/execution-service.ts';
import { allRows } from '#server/features/queries/query-ports.ts';
import type { SavedQueryService } from '#server/features/queries/saved-query-service.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import type { Secrets } from '#server/platform/secrets.ts';
import type { AlertDesk } from '#server/runtime/tools/ports.ts';
import { cutToBytes, toDataBlock, toPlainText } from '#server/runtime/tools/plain-text.ts';

const largestDataBytes = 64 * 1024;
const postLimits = { maximumBytes: 64 * 1024, timeoutMs: 15_000 };
const waitSeconds = 30;
const mostRows = 10_000;

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun'>;
  accountRepository: Pick<AccountRepository, 'findPerson'>;
  runs: Pick<RunService, 'start' | 'get'>;
  savedQueries: Pick<SavedQueryService, 'get'>;
  executions: Pick<ExecutionService, 'start' | 'follow' | 'readPage' | 'list'>;
  chains: ChainReader;
  secrets: Secrets;
  egress: Egress;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The alerts' part of the wiring: what they look at, and the ways in which they tell it. */
export function openAlerts({
  database,
  agents,
  accountRepository,
  runs,
  savedQueries,
  executions,
  egress,
  ...rest
}: Needs) {
  const teller = createConversationTeller({ told: createToldRepository({ database }), now: rest.now });
  const alerts = createAlertService({
    alerts: createAlertRepository({ database }),
    firings: createAlertFiringRepository({ database }),
    ports: {
      ...rest,
      resolveAgent: async (actor, reference) => (await agents.resolveForRun(actor, reference)).agent,
      findPerson: accountRepository.findPerson,
      getQuery: savedQueries.get,
      runQuery: async (actor, { query, parameters }, signal) => {
        let execution = await executions.start(actor, { query, parameters, waitSeconds }, signal);
        while (execution.state === 'running')
          execution = await executions.follow(actor, execution.id, waitSeconds, signal);
        const page =
          execution.state === 'completed'
            ? await executions.readPage(actor, execution.id, { ...allRows, limit: mostRows }, signal)
            : null;
        return { execution, page };
      },
      openConversation: teller.openTold,
      say: teller.say,
      startRun: async (actor, agent, { input, conversationId, ...options }) => {
        const content = { input, conversationId, variables: {}, files: [], stream: false, budget: {}, metadata: {} };
        const started = await runs.start(actor, agent, content, { ...options, source: 'trigger' });
        void started.finish().catch(() => undefined);
        return { id: started.id };
      },
      post: async (url, request) => egress.fetch(url, { ...request, ...postLimits, method: 'POST' }),
      checkUrl: egress.checkUrl,
      markData: (text, origin) => toDataBlock(cutToBytes(toPlainText(text), largestDataBytes), origin),
    },
  });
  return {
    alerts,
    /** What tools are given of them. */
    open: ({
      actor,
      agentId,
      language,
    }: {
      actor: Actor;
      agentId: string | null;
      language: 'en' | 'zh';
    }): AlertDesk => ({
      agentId,
      findQuery: (reference) => savedQueries.get(actor, reference),
      findSpending: async (reference) => {
        const { id, engine } = await savedQueries.get(actor, reference);
        if (engine !== 'dune') return null;
        const { items } = await executions.list(actor, { query: id, limit: 10 });
        return { creditsEach: items.find(({ credits }) => credits !== null)?.credits ?? null };
      },
      create: async (input, signal) => {
        const { secret: _secret, ...alert } = await alerts.createAlert(actor, input, { language, signal });
        return alert;
      },
      list: async () => (await alerts.listAlerts(actor, { limit: 100 })).items,
      listFirings: async (limit) => (await alerts.listFirings(actor, { limit, unread: false })).items,
    }),
  };
}
