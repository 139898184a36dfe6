import { z } from 'zod';
import { AgentReference, Identifier, Timestamp } from './identifier.ts';
import { JsonObject, JsonValue } from './json.ts';
import { PageQuery } from './page.ts';
import { CallbackUrl } from './run.ts';
import { NamedAgent } from './run-event.ts';

/** How many triggers one person may have. */
export const maximumTriggers = 100;
/** Bytes of one webhook's body. */
export const maximumPayloadBytes = 256 * 1024;

/** Five fields of cron, or a name for them such as `@daily`; a minute is the shortest interval. */
export const CronExpression = z
  .string()
  .trim()
  .max(120)
  .regex(
    /^(?:@(?:hourly|daily|midnight|weekly|monthly|yearly|annually)|\S+(?:\s+\S+){4})$/i,
    'Write five fields (minute, hour, day, month, weekday), such as "0 9 * * 1-5", or a name such as "@daily".',
  );

/** An IANA time zone, such as `Europe/Berlin`. */
export const TimeZone = z
  .string()
  .max(60)
  .refine((name) => {
    try {
      return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
    } catch {
      return false;
    }
  }, 'Write a time zone of the IANA list, such as "Europe/Berlin".');

export const Schedule = z.strictObject({
  cron: CronExpression,
  timeZone: TimeZone,
  /** Each run begins up to so many seconds later, always the same for one time; spreads runs that are due together. */
  jitterSeconds: z.number().int().min(0).max(3600).default(0),
  /** What happens with times that the hub was not running at: one run for all of them, or none. */
  missed: z.enum(['skip', 'run-once']).default('skip'),
});
export type Schedule = z.infer<typeof Schedule>;

/**
 * How a webhook is signed: `standard` as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, `webhook-signature`),
 * `github` as GitHub does it (`X-Hub-Signature-256`), where the same content counts as the same delivery.
 */
export const WebhookSignature = z.enum(['standard', 'github']);
export type WebhookSignature = z.infer<typeof WebhookSignature>;

export const Webhook = z.strictObject({
  signature: WebhookSignature.default('standard'),
  /** A JSON schema (2020-12) that each payload is held to. */
  payloadSchema: JsonObject.nullable().default(null),
});
export type Webhook = z.infer<typeof Webhook>;

const shape = {
  name: z.string().trim().min(1, 'Give the trigger a name.').max(80),
  /** What the agent is sent; `{{payload}}` and `{{payload.some.path}}` are filled from a webhook's payload, as data. */
  message: z.string().trim().min(1, 'Write what the agent is sent.').max(20_000),
  variables: z.record(z.string().max(40), z.string().max(2000)),
  /** `own`: each run begins a conversation of its own; `shared`: all go on in one. */
  conversation: z.enum(['own', 'shared']),
  schedule: Schedule,
  webhook: Webhook,
  /** Where the ends of its runs are posted to. */
  callbackUrl: CallbackUrl.nullable(),
};

/** A trigger to make: with a `schedule`, or with a `webhook`. */
export const CreateTriggerInput = z
  .strictObject({
    agent: AgentReference,
    name: shape.name,
    message: shape.message,
    variables: shape.variables.default({}),
    conversation: shape.conversation.default('own'),
    schedule: shape.schedule.optional(),
    webhook: shape.webhook.optional(),
    callbackUrl: shape.callbackUrl.default(null),
  })
  .refine(({ schedule, webhook }) => (schedule === undefined) !== (webhook === undefined), {
    message: 'Send exactly one of "schedule" and "webhook".',
    path: ['schedule'],
  });
export type CreateTriggerInput = z.infer<typeof CreateTriggerInput>;

/** Keys left out stay as they are. `paused: false` lets a paused trigger go on. */
export const UpdateTriggerInput = z.strictObject({
  name: shape.name.optional(),
  message: shape.message.optional(),
  variables: shape.variables.optional(),
  conversation: shape.conversation.optional(),
  schedule: shape.schedule.optional(),
  webhook: shape.webhook.optional(),
  callbackUrl: shape.callbackUrl.optional(),
  paused: z.boolean().optional(),
});
export type UpdateTriggerInput = z.infer<typeof UpdateTriggerInput>;

/** Why a trigger does not fire: its person paused it, or may not run its agent any more. */
export const PauseReason = z.enum(['person', 'access-lost']);
export type PauseReason = z.infer<typeof PauseReason>;

/**
 * `waiting` for its time or a free conversation, `running`, or how its run ended; `skipped` when its time passed without a
 * run, `refused` when the run could not be started.
 */
export const FiringStatus = z.enum([
  'waiting',
  'skipped',
  'refused',
  'running',
  'completed',
  'failed',
  'cancelled',
  'interrupted',
]);
export type FiringStatus = z.infer<typeof FiringStatus>;

/** One time that a trigger was due, called or tried. */
export const Firing = z.object({
  id: Identifier,
  /** `test` when a person pressed the button. */
  cause: z.enum(['schedule', 'webhook', 'test']),
  status: FiringStatus,
  /** What was wrong, or why it was skipped. */
  detail: z.string().nullable(),
  run: Identifier.nullable(),
  conversationId: Identifier.nullable(),
  dueAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type Firing = z.infer<typeof Firing>;

export const Trigger = z.object({
  id: Identifier,
  name: z.string(),
  agent: NamedAgent,
  message: z.string(),
  variables: z.record(z.string(), z.string()),
  conversation: shape.conversation,
  schedule: Schedule.nullable(),
  /** `address` is where senders post to. */
  webhook: Webhook.extend({ address: z.string() }).nullable(),
  callbackUrl: z.string().nullable(),
  paused: z.object({ because: PauseReason, detail: z.string() }).nullable(),
  nextAt: Timestamp.nullable(),
  lastFiring: Firing.nullable(),
  /** Callbacks that were given up. */
  deadDeliveries: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Trigger = z.infer<typeof Trigger>;

/** The only answer that holds secrets: those that were made just now. */
export const TriggerWithSecrets = Trigger.extend({
  secrets: z.object({
    /** Senders sign webhooks with it. */
    webhook: z.string().nullable(),
    /** The hub signs callbacks with it. */
    callback: z.string().nullable(),
  }),
});
export type TriggerWithSecrets = z.infer<typeof TriggerWithSecrets>;

export const RotateSecretInput = z.strictObject({ secret: z.enum(['webhook', 'callback']) });

export const TriggerListQuery = PageQuery.extend({ agent: AgentReference.optional() });

/** A try: for a webhook with the payload that a sender would post. */
export const TryTriggerInput = z.strictObject({ payload: JsonValue.default({}) });

/** What a webhook's sender is answered: the run, or null while it waits for its turn. */
export const HookAnswer = z.object({
  firing: Identifier,
  run: Identifier.nullable(),
  /** The same delivery came before; nothing was started anew. */
  repeated: z.boolean(),
});
export type HookAnswer = z.infer<typeof HookAnswer>;

export const DeliveryStatus = z.enum(['waiting', 'delivered', 'dead']);

/** A callback, under way, taken or given up. */
export const Delivery = z.object({
  /** Also its `webhook-id`, the same in each attempt. */
  id: Identifier,
  event: z.enum(['run.completed', 'run.failed']),
  run: Identifier,
  status: DeliveryStatus,
  attempts: z.number().int(),
  /** What the other side last answered. */
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  nextAt: Timestamp.nullable(),
  createdAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryListQuery = PageQuery.extend({ status: DeliveryStatus.optional() });

/** Whether a person has a secret that signs the callbacks of their runs. */
export const CallbackSecret = z.object({ createdAt: Timestamp.nullable() });
export type CallbackSecret = z.infer<typeof CallbackSecret>;

/** The only answer that holds the secret. */
export const NewCallbackSecret = z.object({ secret: z.string(), createdAt: Timestamp });
export type NewCallbackSecret = z.infer<typeof NewCallbackSecret>;

export const ScheduleTimesQuery = z.object({ cron: CronExpression, timeZone: TimeZone });
/** The next five times of a schedule; fewer when there are no more. */
export const ScheduleTimes = z.object({
  times: z.array(Timestamp),
  /** About how often it comes in 30 days; null: less than once. */
  runsAMonth: z.number().int().nullable(),
});
export type ScheduleTimes = z.infer<typeof ScheduleTimes>;
