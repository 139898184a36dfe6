import type { Problem } from '#server/contract/problem.ts';

export type OpenAIError = { error: { message: string; type: string; param: string | null; code: string } };

const types: readonly [status: number, type: string][] = [
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'invalid_request_error'],
  [429, 'rate_limit_error'],
];

/**
 * A failure in the words of OpenAI's API, so that its clients throw their own kind of error.
 *
 * @param options.missing - the code for what is not found
 */
export function toOpenAIError(problem: Problem, { missing } = { missing: 'model_not_found' }): OpenAIError {
  const type =
    types.find(([status]) => status === problem.status)?.[1] ??
    (problem.status >= 500 ? 'server_error' : 'invalid_request_error');
  const issues = (problem.errors ?? []).map(({ path, message }) => `${path}: ${message}`).join('; ');
  return {
    error: {
      message: issues === '' ? problem.detail : `${problem.detail} ${issues}`,
      type,
      param: problem.errors?.[0]?.path.replace(/^body\./, '') ?? null,
      code: problem.code === 'not_found' ? missing : problem.code,
    },
  };
}
