import { z } from 'zod';
import { ChainBlock } from './chain-readings.ts';
import { DecimalText } from './exact-decimal.ts';
import { AgentReference, Identifier, Timestamp } from './identifier.ts';
import { JsonObject } from './json.ts';
import { LocalizedText } from './localized-text.ts';
import { PageQuery } from './page.ts';
import { CallbackUrl } from './run.ts';
import { NamedAgent } from './run-event.ts';
import { SqlParameter } from './sql.ts';
import { CronExpression, PauseReason, TimeZone } from './trigger.ts';

/** How many alerts one person may have. */
export const maximumAlerts = 50;

/**
 * How a figure is judged. `crosses-above` and `crosses-below` are told only where it was on the other side before;
 * `changes-by` and `changes-by-percent` compare with the figure that was told last, at first with the first one.
 */
export const AlertOperator = z.enum([
  'above',
  'at-least',
  'below',
  'at-most',
  'equals',
  'differs',
  'crosses-above',
  'crosses-below',
  'changes-by',
  'changes-by-percent',
]);
export type AlertOperator = z.infer<typeof AlertOperator>;

/** Whether a figure is to be told. It is told once, and again only after it had recovered. */
export const AlertCondition = z.strictObject({
  operator: AlertOperator,
  threshold: DecimalText,
  /** Where it counts as recovered: a figure that wavers around the threshold is not told each time. Null: at the threshold. */
  recovery: DecimalText.nullable().default(null),
});
export type AlertCondition = z.infer<typeof AlertCondition>;

const chain = z.string().trim().min(1, 'Choose a chain.').max(60);
const address = z.string().trim().min(1, 'Write an address.').max(120);
const token = z.string().trim().min(1).max(120);
/** Blocks on top of one before it counts; null: as many as are usual on the chain. */
const confirmations = z.number().int().min(0).max(1000).nullable().default(null);

/** How often a query is run: every so many minutes, or at the times of a schedule. */
export const AlertRhythm = z.union([
  z.strictObject({ everyMinutes: z.number().int().min(1).max(10_080) }),
  z.strictObject({ cron: CronExpression, timeZone: TimeZone }),
]);
export type AlertRhythm = z.infer<typeof AlertRhythm>;

/** Which figure of a result is looked at. */
export const QueryFigure = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('first-row'), column: z.string().min(1, 'Write a column.').max(200) }),
  z.strictObject({ of: z.literal('any-row'), column: z.string().min(1, 'Write a column.').max(200) }),
  z.strictObject({ of: z.literal('row-count') }),
]);
export type QueryFigure = z.infer<typeof QueryFigure>;

/** What an alert looks at. Addresses may be ENS names, tokens well-known symbols, `native` the chain's own coin. */
export const AlertWatch = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('query'),
    query: Identifier,
    parameters: z.array(SqlParameter).max(50).default([]),
    figure: QueryFigure,
    condition: AlertCondition,
    rhythm: AlertRhythm,
  }),
  z.strictObject({
    kind: z.literal('event'),
    chain,
    contract: address.nullable().default(null),
    event: z.string().trim().min(1, 'Write an event.').max(2000),
    abi: z.string().max(200_000).nullable().default(null),
    /** Arguments that must be equal, by name. */
    where: JsonObject.default({}),
    /** The least that an argument must be, with the decimals of the contract unless told. */
    amount: z
      .strictObject({
        argument: z.string().trim().min(1).max(100),
        atLeast: DecimalText,
        decimals: z.number().int().min(0).max(255).nullable().default(null),
      })
      .nullable()
      .default(null),
    confirmations,
    /** The first block that counts; null: the one after the alert was made. */
    fromBlock: z.number().int().min(0).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    chain,
    address,
    direction: z.enum(['in', 'out', 'any']).default('any'),
    token: token.default('native'),
    atLeast: DecimalText.default('0'),
    confirmations,
    fromBlock: z.number().int().min(0).nullable().default(null),
  }),
  z.strictObject({
    kind: z.literal('balance'),
    chain,
    address,
    token: token.default('native'),
    condition: AlertCondition,
    confirmations,
  }),
  z.strictObject({
    kind: z.literal('price'),
    chain,
    token,
    feed: address.nullable().default(null),
    pool: address.nullable().default(null),
    condition: AlertCondition,
    confirmations,
  }),
]);
export type AlertWatch = z.infer<typeof AlertWatch>;
export type WatchOf<Kind extends AlertWatch['kind']> = Extract<AlertWatch, { kind: Kind }>;

const shape = {
  name: z.string().trim().min(1, 'Give the alert a name.').max(80),
  watch: AlertWatch,
  /** Where each firing is posted to, signed. */
  webhookUrl: CallbackUrl.nullable(),
  /** In whose conversation it is told, or who is asked about it. */
  agent: AgentReference.nullable(),
  /** `tell` leaves a message in the alert's conversation, `ask` starts a run of the agent with the facts. */
  agentDoes: z.enum(['tell', 'ask']),
  /** What the agent is asked beside the facts. */
  question: z.string().trim().max(4000),
  /** After a firing, nothing is told for so long; events of that time are still listed. */
  coolDownMinutes: z.number().int().min(0).max(10_080),
  /** How often it tells something in 24 hours; of more than that, events are listed, and a figure is told when it may be again. */
  mostPerDay: z.number().int().min(1).max(1000),
};

export const CreateAlertInput = z.strictObject({
  name: shape.name,
  watch: shape.watch,
  webhookUrl: shape.webhookUrl.default(null),
  agent: shape.agent.default(null),
  agentDoes: shape.agentDoes.default('tell'),
  question: shape.question.default(''),
  coolDownMinutes: shape.coolDownMinutes.default(0),
  mostPerDay: shape.mostPerDay.default(100),
});
export type CreateAlertInput = z.infer<typeof CreateAlertInput>;

/** Keys left out stay as they are. A new `watch` begins anew. `paused: false` lets a paused alert go on. */
export const UpdateAlertInput = z.strictObject({
  name: shape.name.optional(),
  watch: shape.watch.optional(),
  webhookUrl: shape.webhookUrl.optional(),
  agent: shape.agent.optional(),
  agentDoes: shape.agentDoes.optional(),
  question: shape.question.optional(),
  coolDownMinutes: shape.coolDownMinutes.optional(),
  mostPerDay: shape.mostPerDay.optional(),
  paused: z.boolean().optional(),
});
export type UpdateAlertInput = z.infer<typeof UpdateAlertInput>;

/** What was seen. Names and values of `fields` may be strangers' text. */
export const AlertFacts = z.object({
  /** What happened, in a sentence. */
  summary: LocalizedText,
  value: z.string().nullable(),
  unit: z.string().nullable(),
  /** The figure before. */
  previous: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })).max(60),
  block: ChainBlock.nullable(),
  transaction: z.string().nullable(),
  logIndex: z.number().int().nullable(),
  explorerUrl: z.string().nullable(),
  /** The execution of a query, with its rows for a week. */
  execution: Identifier.nullable(),
  /** What is to be known of it, such as that the chain's RPCs are behind. */
  warnings: z.array(LocalizedText).default([]),
});
export type AlertFacts = z.infer<typeof AlertFacts>;

/** `webhook`: posted; `tell`: a message in a conversation; `ask`: a run of an agent. */
export const AlertWay = z.enum(['webhook', 'tell', 'ask']);
export type AlertWay = z.infer<typeof AlertWay>;

/** One way that a firing, or its withdrawal, is told. */
export const AlertDelivery = z.object({
  id: z.string(),
  way: AlertWay,
  event: z.enum(['alert.fired', 'alert.withdrawn']),
  status: z.enum(['waiting', 'done', 'dead']),
  attempts: z.number().int(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  run: Identifier.nullable(),
  conversationId: Identifier.nullable(),
  endedAt: Timestamp.nullable(),
});
export type AlertDelivery = z.infer<typeof AlertDelivery>;

/** One time that an alert fired. */
export const AlertFiring = z.object({
  id: Identifier,
  alert: z.object({ id: Identifier, name: z.string() }),
  /** `test` when a person pressed the button. */
  cause: z.enum(['watch', 'test']),
  facts: AlertFacts,
  /** Listed without being told: it came in the cool-down, or when it had told as often as it may in a day. */
  isQuiet: z.boolean(),
  isRead: z.boolean(),
  firedAt: Timestamp,
  /** When its block was found to be no part of the chain any more. */
  withdrawnAt: Timestamp.nullable(),
  deliveries: z.array(AlertDelivery),
});
export type AlertFiring = z.infer<typeof AlertFiring>;

/** Why an alert could not look, since when, and how often in a row. */
export const AlertFault = z.object({ message: LocalizedText, since: Timestamp, count: z.number().int() });
export type AlertFault = z.infer<typeof AlertFault>;

export const Alert = z.object({
  id: Identifier,
  name: z.string(),
  watch: AlertWatch,
  /** What it waits for and what happens then, in a sentence. */
  summary: LocalizedText,
  webhookUrl: z.string().nullable(),
  agent: NamedAgent.nullable(),
  agentDoes: shape.agentDoes,
  question: z.string(),
  coolDownMinutes: z.number().int(),
  mostPerDay: z.number().int(),
  conversationId: Identifier.nullable(),
  paused: z.object({ because: PauseReason, detail: z.string() }).nullable(),
  fault: AlertFault.nullable(),
  /** What is to be known of what it saw last, such as that the chain's RPCs are behind. */
  warnings: z.array(LocalizedText),
  /** The figure when it last looked, of an alert that looks at one. */
  value: z.string().nullable(),
  unit: z.string().nullable(),
  /** Whether the condition holds now; null where that is not known or there is none. */
  isMet: z.boolean().nullable(),
  /** The last block that was looked at. */
  block: z.string().nullable(),
  checkedAt: Timestamp.nullable(),
  nextAt: Timestamp.nullable(),
  lastFiredAt: Timestamp.nullable(),
  unread: z.number().int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Alert = z.infer<typeof Alert>;

/** The only answer that holds the secret that its webhook is signed with, where one was made just now. */
export const AlertWithSecret = Alert.extend({ secret: z.string().nullable() });
export type AlertWithSecret = z.infer<typeof AlertWithSecret>;

export const AlertListQuery = PageQuery;
export const AlertFiringQuery = PageQuery.extend({
  alert: Identifier.optional(),
  unread: z.stringbool().default(false),
});
export type AlertFiringQuery = z.infer<typeof AlertFiringQuery>;

export const AlertFiringPage = z.object({
  items: z.array(AlertFiring),
  nextCursor: z.string().nullable(),
  /** Of all alerts of the person. */
  unread: z.number().int(),
});
export type AlertFiringPage = z.infer<typeof AlertFiringPage>;

/** Marks firings as read: those of one alert, or all. */
export const ReadFiringsInput = z.strictObject({ alert: Identifier.optional() });

/** What an alert made of the figure at a block, to which it goes back when the blocks after it are taken back. */
const JudgedFigure = z.object({
  value: z.string().nullable(),
  isMet: z.boolean().nullable(),
  base: z.string().nullable(),
});

/** What an alert knows from one look to the next. */
export const AlertState = z.object({
  value: z.string().nullable().default(null),
  unit: z.string().nullable().default(null),
  isMet: z.boolean().nullable().default(null),
  /** What changes are measured from. */
  base: z.string().nullable().default(null),
  /** The last block whose events were looked at. */
  cursor: z.string().nullable().default(null),
  /** Blocks that were looked at, newest first, by which a reorganisation is seen. */
  checkpoints: z
    .array(z.object({ number: z.string(), hash: z.string(), figure: JudgedFigure.nullable().default(null) }))
    .default([]),
  firedAt: Timestamp.nullable().default(null),
  fault: AlertFault.nullable().default(null),
  warnings: z.array(LocalizedText).default([]),
});
export type AlertState = z.infer<typeof AlertState>;

/** What an alert would see now. */
export const AlertPreview = z.object({
  summary: LocalizedText,
  value: z.string().nullable(),
  unit: z.string().nullable(),
  isMet: z.boolean().nullable(),
  /** The block that was looked at last, of a chain. */
  head: z.string().nullable(),
  /** What happened lately that it would have told of. */
  recent: z
    .object({ count: z.number().int(), fromBlock: z.string(), toBlock: z.string(), facts: z.array(AlertFacts) })
    .nullable(),
  facts: AlertFacts.nullable(),
  warnings: z.array(LocalizedText),
});
export type AlertPreview = z.infer<typeof AlertPreview>;

/** The chains that alerts can watch. */
export const AlertChainList = z.object({
  items: z.array(z.object({ id: z.number().int(), slug: z.string(), name: z.string() })),
});
export type AlertChainList = z.infer<typeof AlertChainList>;

export const PreviewAlertInput = z.strictObject({ watch: AlertWatch });
