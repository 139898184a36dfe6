import { z } from 'zod';

/** Every failure code a client may see. Codes are never renamed; clients switch on them. */
export const ProblemCode = z.enum([
  'bad_request',
  'validation_failed',
  'unauthenticated',
  'forbidden',
  'insufficient_scope',
  'not_found',
  'method_not_allowed',
  'conflict',
  'precondition_failed',
  'precondition_required',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'budget_exceeded',
  'model_unavailable',
  'model_rejected',
  'model_protocol_error',
  'model_rate_limited',
  'model_time_out',
  'tool_unavailable',
  'output_invalid',
  'guard_refused',
  // Of runs before 27 November 2026; steps are a part of the budget now.
  'step_limit_reached',
  'egress_refused',
  'run_cancelled',
  'run_interrupted',
  'run_not_waiting',
  'package_invalid',
  'tests_not_passed',
  'setup_closed',
  'unavailable',
  'insufficient_storage',
  'internal',
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** One thing that is wrong with an input: where (`body.model.wishes.0`) and what. */
export const ProblemIssue = z.object({ path: z.string(), message: z.string() });
export type ProblemIssue = z.infer<typeof ProblemIssue>;

/** A failure on the wire, as RFC 9457 (`application/problem+json`); also the body of a stream's `error` event. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: ProblemCode,
  detail: z.string(),
  requestId: z.string().optional(),
  errors: z.array(ProblemIssue).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The answers of a route that are problems, by status, for its schema. */
export function problemResponses<Status extends number>(...statuses: Status[]): Record<Status, typeof Problem> {
  return Object.fromEntries(statuses.map((status) => [status, Problem])) as Record<Status, typeof Problem>;
}
