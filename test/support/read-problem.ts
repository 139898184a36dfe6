import type { LightMyRequestResponse } from 'fastify';
import { Problem } from '#server/contract/problem.ts';

/** The problem that a refused request got; fails where the answer is none. */
export function readProblem(answer: LightMyRequestResponse): Problem {
  return Problem.parse(answer.json());
}

/** Where the issues of a refused input are, in alphabetical order. */
export function readIssuePaths(answer: LightMyRequestResponse): string[] {
  return (readProblem(answer).errors ?? []).map(({ path }) => path).sort();
}
