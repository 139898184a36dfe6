import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { HubError, type HubIssue } from '#server/hub-error.ts';

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
function findNullCharacters(value: unknown, path: string): HubIssue[] {
  const issue = { path, message: { en: 'Take out the null character.', zh: '请去掉空字符。' } };
  if (typeof value === 'string') return value.includes('\0') ? [issue] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key.includes('\0') ? [issue] : findNullCharacters(part, `${path}.${key}`),
  );
}

/** Where the engine, which speaks English, stumbled. */
function toPlace(said: string): string {
  if (/end of JSON|Unterminated/.test(said)) return '：内容不完整。';
  const token = /^Unexpected token '(.)'/.exec(said)?.[1];
  if (token !== undefined) return `：有意外的“${token}”。`;
  const at = /at position (\d+)/.exec(said)?.[1];
  return at === undefined ? '。' : `：第 ${Number(at) + 1} 个字符处有误。`;
}

/** Why a text is no body: fastify's own parser says only that it is not. */
function toRefusal(text: string): HubError {
  try {
    JSON.parse(text);
    return new HubError('bad_request', {
      en: 'Keys named "__proto__", or "constructor" with a "prototype", are not taken.',
      zh: '不接受名为 "__proto__" 的键，也不接受带 "prototype" 的 "constructor"。',
    });
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    return new HubError('bad_request', {
      en: `The body is not valid JSON: ${said}`,
      zh: `请求正文不是有效的 JSON${toPlace(said)}`,
    });
  }
}

const plugin: FastifyPluginAsync = async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text.length > maximumDepth && isDeeperThan(text, maximumDepth)) {
      const words = {
        en: `The JSON is nested too deep: ${maximumDepth} levels at most.`,
        zh: `JSON 嵌套过深：最多 ${maximumDepth} 层。`,
      };
      done(new HubError('bad_request', words));
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      if (error !== null) return done(text === '' ? error : toRefusal(text));
      const errors = text.includes('\\u0000') ? findNullCharacters(value, 'body') : [];
      if (errors.length === 0) return done(null, value);
      const words = { en: 'Null characters cannot be stored. Take them out.', zh: '空字符无法保存，请去掉。' };
      done(new HubError('validation_failed', words, { errors }));
    });
  });
};

/**
 * Parses JSON bodies, and no plain text; refuses deep nesting before anything recursive sees it, null characters, and
 * `__proto__` keys.
 */
export const jsonBody = fastifyPlugin(plugin, { name: 'atrium-json-body', fastify: '5.x' });
