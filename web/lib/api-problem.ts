import { Problem } from '#server/contract/problem.ts';

/** `answer`: the hub said no. `network`: it was not reached. `unreadable`: its answer is not what the contract says. */
export type ApiProblemKind = 'answer' | 'network' | 'unreadable';

/**
 * A failed request, carrying the problem (RFC 9457).
 *
 * `problem.status` is 0 when the hub was not reached.
 */
export class ApiProblem extends Error {
  readonly kind: ApiProblemKind;
  readonly problem: Problem;
  readonly retryAfterSeconds: number | null;

  constructor(kind: ApiProblemKind, problem: Problem, { retryAfterSeconds = null, cause }: Extra = {}) {
    super(problem.detail, { cause });
    this.name = 'ApiProblem';
    this.kind = kind;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  static network(cause: unknown): ApiProblem {
    return new ApiProblem('network', toProblem(0, 'unavailable', 'The hub could not be reached.'), { cause });
  }

  static unreadable(status: number, cause: unknown): ApiProblem {
    return new ApiProblem(
      'unreadable',
      toProblem(status, 'internal', 'The hub sent an answer that this page cannot read.'),
      { cause },
    );
  }

  /** Reads the problem from a failed response; never throws. */
  static async fromResponse(response: Response): Promise<ApiProblem> {
    const answer: unknown = await response.json().catch(() => null);
    const parsed = Problem.safeParse(answer);
    if (!parsed.success) return ApiProblem.unreadable(response.status, parsed.error);
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return new ApiProblem('answer', parsed.data, { retryAfterSeconds: Number.isFinite(seconds) ? seconds : null });
  }
}

type Extra = { retryAfterSeconds?: number | null; cause?: unknown };

function toProblem(status: number, code: Problem['code'], detail: string): Problem {
  return { type: 'about:blank', title: detail, status, code, detail };
}

/** The problem behind a caught value, if it is one. */
export function toApiProblem(error: unknown): ApiProblem | null {
  return error instanceof ApiProblem ? error : null;
}

/** Whether the error is a problem with this code. */
export function isProblem(error: unknown, code: Problem['code']): boolean {
  return error instanceof ApiProblem && error.kind === 'answer' && error.problem.code === code;
}
