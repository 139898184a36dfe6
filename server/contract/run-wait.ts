import { z } from 'zod';
import { Form, FormValues } from './form.ts';
import { Identifier, Timestamp } from './identifier.ts';
import { JsonObject } from './json.ts';
import { PageQuery } from './page.ts';
import { AskingAgent, NamedAgent } from './run-event.ts';
import { RunOrigin } from './run-origin.ts';

/** What a run asks of a person: whether a call may be made, or for the values of a form. */
export const WaitQuestion = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approval'),
    /** The arguments, with what the agent's creator fixed. */
    input: JsonObject,
    /** What the creator fixed; nobody changes it. */
    fixed: JsonObject,
    /** What the person should know before they agree, such as what it costs. */
    note: z.string().nullable().default(null),
  }),
  z.object({ kind: z.literal('form'), form: Form }),
]);
export type WaitQuestion = z.infer<typeof WaitQuestion>;

/** A tool call that waits for a person. */
export const RunWait = z.object({
  id: Identifier,
  call: z.string(),
  tool: z.string(),
  agent: AskingAgent,
  /** When it counts as refused. */
  expiresAt: Timestamp,
  question: WaitQuestion,
});
export type RunWait = z.infer<typeof RunWait>;

/** Who decided: the conversation's person, or the agent's owner. */
export const WaitDecider = z.enum(['person', 'owner']);
export type WaitDecider = z.infer<typeof WaitDecider>;

/** What came of a wait. `input`: arguments that were edited. */
export const WaitAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('approved'), input: JsonObject.optional(), by: WaitDecider }),
  z.object({ outcome: z.literal('refused'), reason: z.string().optional(), by: WaitDecider }),
  z.object({ outcome: z.literal('answered'), values: FormValues }),
  z.object({ outcome: z.literal('declined') }),
  z.object({ outcome: z.literal('expired') }),
]);
export type WaitAnswer = z.infer<typeof WaitAnswer>;

/** A person's answer to an `approval-request`. */
export const ApprovalDecision = z
  .strictObject({
    decision: z.enum(['approve', 'refuse']),
    /** Told to the model when refused. */
    reason: z.string().max(1000).optional(),
    /** Other arguments than the model's; all of them. What the agent's creator fixed stays. */
    input: JsonObject.optional(),
  })
  .refine(({ decision, input }) => decision === 'approve' || input === undefined, {
    message: 'Arguments are edited only to approve the call.',
    path: ['input'],
  });
export type ApprovalDecision = z.infer<typeof ApprovalDecision>;

/** A person's answer to a `form-request`: its values, or that they will not fill it in. */
export const FormAnswer = z.union(
  [z.strictObject({ values: FormValues }), z.strictObject({ declined: z.literal(true) })],
  { error: 'Send either "values" or "declined": true.' },
);
export type FormAnswer = z.infer<typeof FormAnswer>;

/** What a run waits for, as the API shows it. */
export const OpenWait = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('approval'),
    id: Identifier,
    call: z.string(),
    tool: z.string(),
    agent: AskingAgent,
    input: JsonObject,
    /** What the person should know before they agree. */
    note: z.string().optional(),
    expiresAt: Timestamp,
  }),
  z.object({
    kind: z.literal('form'),
    id: Identifier,
    call: z.string(),
    tool: z.string(),
    agent: AskingAgent,
    form: Form,
    expiresAt: Timestamp,
  }),
]);
export type OpenWait = z.infer<typeof OpenWait>;

/** Something that waits for the actor: in a conversation of theirs, or a call of an agent that they own. */
export const PendingWait = z.object({
  run: Identifier,
  /** The one that the run was begun with; of somebody else's run, the one that makes the call. */
  agent: NamedAgent,
  /** Null for a conversation of somebody else, of which only the call is shown. */
  conversationId: Identifier.nullable(),
  /** Whose conversation it is, when it is not the actor's. */
  person: z.object({ name: z.string() }).nullable(),
  /** What started the run; null for somebody else's. */
  startedBy: RunOrigin.nullable(),
  createdAt: Timestamp,
  wait: OpenWait,
});
export type PendingWait = z.infer<typeof PendingWait>;

export const WaitListQuery = PageQuery;
