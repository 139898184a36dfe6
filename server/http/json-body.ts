import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

const maximumDepth = 100;

const quote = 0x22;
const backslash = 0x5c;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** Whether a JSON text nests arrays and objects deeper than a number of levels; reads no further than it must. */
export function isDeeperThan(text: string, levels: number): boolean {
  let depth = 0;
  let inString = false;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (inString) {
      if (code === backslash) position += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    else if (opening.has(code)) {
      depth += 1;
      if (depth > levels) return true;
    } else if (closing.has(code)) depth -= 1;
  }
  return false;
}

/** Postgres takes no null character in a text; where a body has some. Its depth is checked before. */
function findNullCharacters(value: unknown, path: string): ProblemIssue[] {
  const issue = { path, message: 'Take out the null character.' };
  if (typeof value === 'string') return value.includes('\0') ? [issue] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key.includes('\0') ? [issue] : findNullCharacters(part, `${path}.${key}`),
  );
}

/** Why a text is no body: fastify's own parser says only that it is not. */
function toRefusal(text: string): HubError {
  try {
    JSON.parse(text);
    return new HubError('bad_request', 'Keys named "__proto__", or "constructor" with a "prototype", are not taken.');
  } catch (error) {
    return new HubError('bad_request', `The body is not valid JSON: ${error instanceof Error ? error.message : ''}`);
  }
}

const plugin: FastifyPluginAsync = async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text.length > maximumDepth && isDeeperThan(text, maximumDepth)) {
      done(new HubError('bad_request', `The JSON is nested too deep: ${maximumDepth} levels at most.`));
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      if (error !== null) return done(text === '' ? error : toRefusal(text));
      const errors = text.includes('\\u0000') ? findNullCharacters(value, 'body') : [];
      if (errors.length === 0) return done(null, value);
      done(new HubError('validation_failed', 'Null characters cannot be stored. Take them out.', { errors }));
    });
  });
};

/**
 * Parses JSON bodies, and no plain text; refuses deep nesting before anything recursive sees it, null characters, and
 * `__proto__` keys.
 */
export const jsonBody = fastifyPlugin(plugin, { name: 'atrium-json-body', fastify: '5.x' });
