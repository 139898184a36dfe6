import { z } from 'zod';
import { Identifier } from './identifier.ts';
import { ApprovalDecision } from './run.ts';

/** What one process of the hub asks of the process that a run lives in. */
export const RunRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cancel') }),
  z.strictObject({ kind: z.literal('approval'), approval: Identifier, decision: ApprovalDecision }),
]);
export type RunRequest = z.infer<typeof RunRequest>;

/** `unknown`: the process has no such run, or the run no such open approval. */
export const RunRequestOutcome = z.enum(['done', 'unknown']);
export type RunRequestOutcome = z.infer<typeof RunRequestOutcome>;
