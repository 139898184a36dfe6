import { z } from 'zod';

/** What one process of the hub asks of the process that a run lives in. */
export const RunRequest = z.strictObject({ kind: z.literal('cancel') });
export type RunRequest = z.infer<typeof RunRequest>;

/** `unknown`: the process has no such run. */
export const RunRequestOutcome = z.enum(['done', 'unknown']);
export type RunRequestOutcome = z.infer<typeof RunRequestOutcome>;
