import type { Problem, ProblemCode, ProblemIssue } from '#server/contract/problem.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';

/** One thing that is wrong with an input, before it is known who reads it. */
export type HubIssue = Omit<ProblemIssue, 'message'> & { message: LocalizedText };

type Details = {
  errors?: readonly HubIssue[];
  retryAfterSeconds?: number;
  cause?: unknown;
};

const meanings: Record<ProblemCode, readonly [status: number, title: string]> = {
  bad_request: [400, 'The request cannot be understood'],
  validation_failed: [400, 'The input is not valid'],
  unauthenticated: [401, 'Sign in or send an API key'],
  forbidden: [403, 'Not allowed'],
  insufficient_scope: [403, 'The API key lacks a scope'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  conflict: [409, 'In conflict with what is stored'],
  precondition_failed: [412, 'Changed in the meantime'],
  precondition_required: [428, 'If-Match is missing'],
  payload_too_large: [413, 'Too large'],
  unsupported_media_type: [415, 'Media type not supported'],
  rate_limited: [429, 'Too many requests'],
  budget_exceeded: [402, 'The budget is spent'],
  model_unavailable: [502, 'The model did not answer'],
  model_rejected: [502, 'The model provider refused the request'],
  model_protocol_error: [502, 'The model answered something that cannot be read'],
  model_rate_limited: [503, 'The model provider is busy'],
  model_time_out: [504, 'The model took too long'],
  tool_unavailable: [409, 'A tool of this agent cannot be used'],
  output_invalid: [502, 'The answer does not have the wanted shape'],
  guard_refused: [422, 'A guard of the agent refused this'],
  step_limit_reached: [409, 'The step limit is reached'],
  egress_refused: [400, 'This address may not be reached'],
  run_cancelled: [409, 'The run was cancelled'],
  run_interrupted: [500, 'The hub stopped while this ran'],
  run_not_waiting: [409, 'The run does not wait for this'],
  package_invalid: [400, 'The agent package is not valid'],
  tests_not_passed: [409, 'The tests have not passed'],
  setup_closed: [409, 'The hub already has an administrator'],
  unavailable: [503, 'Not available now'],
  insufficient_storage: [507, 'No room is left'],
  internal: [500, 'Something went wrong in the hub'],
};

/**
 * A failure that a client may see. Anything else that is thrown becomes `internal` on the wire and shows no text of its own.
 *
 * `message` and `errors` are its English words.
 *
 * @param words - says what is wrong and what to do, in a sentence for people
 */
export class HubError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly #words: LocalizedText;
  readonly #issues: readonly HubIssue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, words: LocalizedText, details: Details = {}) {
    super(words.en, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HubError';
    this.code = code;
    this.status = meanings[code][0];
    this.#words = words;
    this.#issues = details.errors ?? [];
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  /** `message` before it is known who reads it. */
  get words(): LocalizedText {
    return this.#words;
  }

  /** `errors` before it is known who reads them. */
  get issues(): readonly HubIssue[] {
    return this.#issues;
  }

  get errors(): ProblemIssue[] | undefined {
    return this.#sayIssues('en');
  }

  #sayIssues(language: keyof LocalizedText): ProblemIssue[] | undefined {
    if (this.#issues.length === 0) return undefined;
    return this.#issues.map(({ path, message }) => ({ path, message: message[language] }));
  }

  /** The failure as RFC 9457 shows it. */
  toProblem(requestId?: string, language: keyof LocalizedText = 'en'): Problem {
    const errors = this.#sayIssues(language);
    return {
      type: `/api/docs#problem-${this.code}`,
      title: meanings[this.code][1],
      status: this.status,
      code: this.code,
      detail: this.#words[language],
      ...(requestId === undefined ? {} : { requestId }),
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** Turns anything thrown into a failure that a client may see. */
export function toHubError(thrown: unknown): HubError {
  return thrown instanceof HubError
    ? thrown
    : new HubError(
        'internal',
        {
          en: 'Something went wrong in the hub. Try again; the log has the cause.',
          zh: '中枢出了问题，请重试；原因见日志。',
        },
        { cause: thrown },
      );
}

/** A failure again of what was said of one, in the language that it was said in. */
export function fromProblem({ code, detail, errors }: Pick<Problem, 'code' | 'detail' | 'errors'>): HubError {
  const asSaid = (text: string): LocalizedText => ({ en: text, zh: text });
  const issues = errors?.map(({ path, message }) => ({ path, message: asSaid(message) }));
  return new HubError(code, asSaid(detail), issues === undefined ? {} : { errors: issues });
}
