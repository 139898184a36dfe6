import { z } from 'zod';
import type { HubIssue } from '#server/hub-error.ts';
import { toIssueWords } from '#server/issue-words.ts';

/** A Zod issue in the form that fastify-type-provider-zod hands to the error handler. */
type ValidationEntry = {
  keyword: string;
  instancePath: string;
  message?: string | undefined;
  params: Record<string, unknown>;
};

type Issue = { code: string; path: string; message: string; details: Record<string, unknown> };

const partNames: Record<string, string> = { body: 'body', querystring: 'query', params: 'path', headers: 'headers' };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const NestedIssues = z.array(
  z.array(z.looseObject({ code: z.string(), path: z.array(z.unknown()), message: z.string() })),
);

/** The branch of a union that fits best: the one that fails furthest inside, then the one with the fewest issues. */
function findNearestBranch(errors: unknown): Issue[] {
  const branches = NestedIssues.safeParse(errors).data ?? [];
  const depth = (branch: (typeof branches)[number]) => Math.max(0, ...branch.map((issue) => issue.path.length));
  const [nearest] = [...branches].sort((one, other) => depth(other) - depth(one) || one.length - other.length);
  return (nearest ?? []).map(({ code, path, message, ...details }) => ({
    code,
    path: path.join('.'),
    message,
    details,
  }));
}

const joinPath = (...parts: string[]) => parts.filter((part) => part !== '').join('.');

const unknownKey = { en: 'This key is not known here.', zh: '此处没有这个键。' };

function expand(issue: Issue): HubIssue[] {
  const { keys, errors } = issue.details;
  if (issue.code === 'unrecognized_keys' && Array.isArray(keys)) {
    return keys.map((key) => ({ path: joinPath(issue.path, String(key)), message: unknownKey }));
  }
  if (issue.code === 'invalid_union') {
    const nested = findNearestBranch(errors).flatMap((inner) =>
      expand({ ...inner, path: joinPath(issue.path, inner.path) }),
    );
    if (nested.some(({ path }) => path !== issue.path)) return nested;
  }
  return [{ path: issue.path, message: toIssueWords(issue) }];
}

/** Every issue of a refused request with its dotted path, such as `body.model.wishes.0`. */
export function toProblemIssues(part: string, entries: ValidationEntry[]): HubIssue[] {
  const root = partNames[part] ?? part;
  return entries.flatMap((entry) =>
    expand({
      code: entry.keyword,
      path: joinPath(root, ...entry.instancePath.split('/')),
      message: entry.message ?? 'Not valid.',
      details: isRecord(entry.params) ? entry.params : {},
    }),
  );
}
