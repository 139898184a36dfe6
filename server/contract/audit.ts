import { z } from 'zod';
import { Identifier, Timestamp } from './identifier.ts';
import { PageQuery } from './page.ts';

/** What an administrator, or the command line, can do that others should be able to look up. Never renamed. */
export const ActKind = z.enum([
  'person-create',
  'person-role',
  'person-remove',
  'password-link',
  'invitation-create',
  'invitation-delete',
  'key-create',
  'everybody-budget',
  'person-budget',
  'connection-create',
  'connection-update',
  'connection-delete',
  'chain-create',
  'chain-update',
  'chain-delete',
  'chain-endpoint-create',
  'chain-endpoint-delete',
  'index-create',
  'index-update',
  'index-delete',
  'devnet-start',
  'devnet-stop',
  'devnet-reset',
  'devnet-pay',
  'default-model',
  'speech-models',
  'price-set',
  'price-remove',
  'listing-decision',
  'report-outcome',
  'featured',
  'hub-settings',
  'sharing-settings',
  'category-create',
  'category-update',
  'category-delete',
  'review-delete',
  'agent-delete',
  'secrets-rotate',
  'backup',
]);
export type ActKind = z.infer<typeof ActKind>;

/** What was set, in words and figures of the hub: never a secret, never what people wrote. */
export const ActDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type ActDetail = z.infer<typeof ActDetail>;

/** An act that is to be kept; a person or agent that is named by its identifier only is looked up. */
export type Act = {
  kind: ActKind;
  target?: { person: string; name?: string } | { agent: string } | { name: string };
  detail?: ActDetail;
  /** What stood there before, of the members that it changed. */
  before?: ActDetail;
};

/** What was set, with what stood there before of the members that it changed. */
export const toChange = (before: ActDetail, after: ActDetail): Required<Pick<Act, 'detail' | 'before'>> => ({
  detail: after,
  before: Object.fromEntries(
    Object.entries(after).flatMap(([name, value]) => {
      const was = before[name] ?? null;
      return was === value ? [] : [[name, was]];
    }),
  ),
});

/** An act as it was kept. Names are those of the time. */
export const AuditEntry = z.object({
  id: Identifier,
  at: Timestamp,
  kind: ActKind,
  /** Null for the command line. */
  actor: z.object({ id: Identifier, name: z.string() }).nullable(),
  /** Whether an API key of the actor did it. */
  byKey: z.boolean(),
  target: z.object({ id: z.string().nullable(), name: z.string() }).nullable(),
  detail: ActDetail,
  /** What stood there before, of the members that it changed; empty where there was nothing. */
  before: ActDetail,
  /** Where the request came from; null for the command line. */
  address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = PageQuery.extend({
  person: Identifier.optional().describe('Only what this person did.'),
  kind: ActKind.optional(),
  from: Timestamp.optional(),
  to: Timestamp.optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
