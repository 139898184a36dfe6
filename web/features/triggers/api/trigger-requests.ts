import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { AgentTranslation, AgentVariable } from '#server/contract/agent-definition.ts';
import type { JsonValue } from '#server/contract/json.ts';
import {
  type CreateTriggerInput,
  Delivery,
  Firing,
  ScheduleTimes,
  Trigger,
  TriggerWithSecrets,
  type UpdateTriggerInput,
} from '#server/contract/trigger.ts';
import { request } from '#web/lib/api-client.ts';
import { usePageList } from '#web/lib/use-page-list.ts';

export const triggersKey = ['triggers', 'list'];
export const firingsKey = (trigger: string) => ['triggers', 'firings', trigger];
export const deliveriesKey = (path: string) => ['deliveries', path];
/** How often what a trigger does is read again. */
const everyMs = 5000;
const toAddress = (trigger: string, rest = '') => `/api/triggers/${encodeURIComponent(trigger)}${rest}`;

export const useTriggers = () => usePageList({ key: triggersKey, path: '/api/triggers', item: Trigger });
export const useFirings = (trigger: string) =>
  usePageList({ key: firingsKey(trigger), path: toAddress(trigger, '/firings'), item: Firing, everyMs });
/** Where the callbacks of a trigger are; those of other runs are at `callbacksPath`. */
export const toDeliveriesPath = (trigger: string) => toAddress(trigger, '/deliveries');
export const callbacksPath = '/api/callbacks';
export const useDeliveries = (path: string) => usePageList({ key: deliveriesKey(path), path, item: Delivery, everyMs });

export const createTrigger = (input: CreateTriggerInput) =>
  request({ path: '/api/triggers', method: 'POST', body: input, schema: TriggerWithSecrets });

export const updateTrigger = (trigger: string, input: UpdateTriggerInput) =>
  request({ path: toAddress(trigger), method: 'PATCH', body: input, schema: TriggerWithSecrets });

export const deleteTrigger = (trigger: string) =>
  request({ path: toAddress(trigger), method: 'DELETE', keepalive: true });

export const rotateSecret = (trigger: string, secret: 'webhook' | 'callback') =>
  request({ path: toAddress(trigger, '/secret'), method: 'POST', body: { secret }, schema: TriggerWithSecrets });

export const tryTrigger = (trigger: string, payload: JsonValue) =>
  request({ path: toAddress(trigger, '/firings'), method: 'POST', body: { payload }, schema: Firing });

export const sendAgain = (path: string, delivery: string) =>
  request({ path: `${path}/${encodeURIComponent(delivery)}/send`, method: 'POST', schema: Delivery });

/** The next times of a schedule; those of the last one stay in view while it is being changed. */
export const scheduleTimesQuery = (cron: string, timeZone: string) =>
  queryOptions({
    queryKey: ['triggers', 'times', cron, timeZone],
    queryFn: ({ signal }) =>
      request({ path: '/api/schedule-times', query: { cron, timeZone }, schema: ScheduleTimes, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

const AgentWithVariables = z.object({
  definition: z.object({
    variables: z.array(AgentVariable),
    translations: z.record(z.string(), AgentTranslation),
  }),
});

/** What an agent asks for before it runs. */
export const agentVariablesQuery = (agent: string) =>
  queryOptions({
    queryKey: ['agents', 'variables', agent],
    queryFn: async ({ signal }) => {
      const path = `/api/agents/${encodeURIComponent(agent)}`;
      return (await request({ path, schema: AgentWithVariables, signal })).definition;
    },
    enabled: agent !== '',
  });
