import { z } from 'zod';
import { MonthlyBudget, Spending } from './budget.ts';
import { Identifier, Timestamp } from './identifier.ts';

/** What a key may do. `admin` includes the administrator's routes, for an administrator's key only. */
export const Scope = z.enum([
  'agents:read',
  'agents:write',
  'runs:write',
  'conversations:read',
  'knowledge:write',
  'triggers:write',
  'memories:write',
  // Tables, saved queries and results; to run a query is to write.
  'data:read',
  'data:write',
  'admin',
]);
export type Scope = z.infer<typeof Scope>;

export const ApiKey = z.object({
  id: Identifier,
  name: z.string(),
  /** The first characters, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(Scope),
  /** Agents that it is bound to; empty means all that its person may use. */
  agents: z.array(z.object({ id: Identifier, handle: z.string() })),
  expiresAt: Timestamp.nullable(),
  lastUsedAt: Timestamp.nullable(),
  requestCount: z.number().int(),
  /** Tokens and cost of the runs started with it; cost counts known prices only. */
  totalTokens: z.number().int(),
  costUsd: z.number(),
  /** What it may spend in a month, and has in this one. */
  budget: MonthlyBudget,
  spentThisMonth: Spending,
  createdAt: Timestamp,
});
export type ApiKey = z.infer<typeof ApiKey>;

export const CreateApiKeyInput = z.strictObject({
  name: z.string().trim().min(1).max(60),
  scopes: z.array(Scope).min(1),
  agents: z.array(z.string().max(64)).max(50).default([]),
  expiresAt: Timestamp.nullable().default(null),
  budget: MonthlyBudget.prefault({}),
});
export type CreateApiKeyInput = z.infer<typeof CreateApiKeyInput>;

/** What is left out stays as it is. */
export const UpdateApiKeyInput = z.strictObject({
  name: CreateApiKeyInput.shape.name.optional(),
  budget: MonthlyBudget.optional(),
});
export type UpdateApiKeyInput = z.infer<typeof UpdateApiKeyInput>;

/** The only answer that has the key itself. */
export const CreatedApiKey = ApiKey.extend({ key: z.string() });
export type CreatedApiKey = z.infer<typeof CreatedApiKey>;
