import { readVariables } from '#server/features/runs/read-variables.ts';
import { createCallbackSecretRepository } from '#server/features/triggers/callback-secret-repository.ts';
import { createDeliveryRepository } from '#server/features/triggers/delivery-repository.ts';
import { createFiringRepository } from '#server/features/triggers/firing-repository.ts';
import { createTriggerRepository } from '#server/features/triggers/trigger-repository.ts';
import { createTriggerService } from '#server/features/triggers/trigger-service.ts';
import { openAlerts } from './open-alerts.ts';
import { cutToBytes, toDataBlock, toPlainText } from '#server/runtime/tools/plain-text.ts';

const largestDataBytes = 128 * 1024;
const callbackLimits = { maximumBytes: 64 * 1024, timeoutMs: 15_000 };

type Needs = Parameters<typeof openAlerts>[0] & { baseUrl: string };

/** The wiring of what acts by itself, triggers and alerts: their needs of the other features, of the way out and of the runtime. */
export function openTriggers(needs: Needs) {
  const { database, agents, accountRepository, runs, secrets, egress, baseUrl, now, logError } = needs;
  const triggers = createTriggerService({
    triggers: createTriggerRepository({ database }),
    firings: createFiringRepository({ database }),
    deliveries: createDeliveryRepository({ database }),
    callbackSecrets: createCallbackSecretRepository({ database }),
    ports: {
      baseUrl,
      now,
      logError,
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
  const { alerts, open } = openAlerts(needs);
  return {
    triggers,
    alerts,
    openAlerts: open,
    removeOlder: async (endedBefore: Date) => {
      await Promise.all([triggers.removeOlder(endedBefore), alerts.removeOlder(endedBefore)]);
    },
  };
}
