import type { AccountRepository } from '#server/features/accounts/account-repository.ts';
import type { AgentService } from '#server/features/agents/agent-service.ts';
import { readVariables } from '#server/features/runs/read-variables.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import { createCallbackSecretRepository } from '#server/features/triggers/callback-secret-repository.ts';
import { createDeliveryRepository } from '#server/features/triggers/delivery-repository.ts';
import { createFiringRepository } from '#server/features/triggers/firing-repository.ts';
import { createTriggerRepository } from '#server/features/triggers/trigger-repository.ts';
import { createTriggerService } from '#server/features/triggers/trigger-service.ts';
import type { Database } from '#server/platform/database.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import type { Secrets } from '#server/platform/secrets.ts';
import { cutToBytes, toDataBlock, toPlainText } from '#server/runtime/tools/plain-text.ts';

const largestDataBytes = 128 * 1024;
const callbackLimits = { maximumBytes: 64 * 1024, timeoutMs: 15_000 };

type Needs = {
  database: Database;
  agents: Pick<AgentService, 'resolveForRun'>;
  accountRepository: Pick<AccountRepository, 'findPerson'>;
  runs: Pick<RunService, 'start' | 'get'>;
  secrets: Secrets;
  egress: Egress;
  baseUrl: string;
  now: () => Date;
  logError: (error: unknown, message: string) => void;
};

/** The triggers' part of the wiring: their needs of the other features, of the way out and of the runtime. */
export function openTriggers({ database, agents, accountRepository, runs, secrets, egress, ...rest }: Needs) {
  return createTriggerService({
    triggers: createTriggerRepository({ database }),
    firings: createFiringRepository({ database }),
    deliveries: createDeliveryRepository({ database }),
    callbackSecrets: createCallbackSecretRepository({ database }),
    ports: {
      ...rest,
      resolveAgent: async (actor, reference, variables) => {
        const { agent, definition } = await agents.resolveForRun(actor, reference);
        if (variables !== undefined) readVariables(definition, variables);
        return agent;
      },
      findPerson: accountRepository.findPerson,
      startRun: async (actor, agent, { input, variables, conversationId, ...options }) => {
        const started = await runs.start(
          actor,
          agent,
          {
            input,
            variables,
            ...(conversationId === null ? {} : { conversationId }),
            files: [],
            stream: false,
            budget: {},
            metadata: {},
          },
          { ...options, source: 'trigger' },
        );
        const run = await runs.get(actor, started.id);
        return { id: run.id, conversationId: run.conversationId, finished: started.finish() };
      },
      readRun: runs.get,
      secrets,
      post: async (url, request) => egress.fetch(url, { ...request, ...callbackLimits, method: 'POST' }),
      checkUrl: egress.checkUrl,
      markData: (text, origin) => toDataBlock(cutToBytes(toPlainText(text), largestDataBytes), origin),
    },
  });
}
