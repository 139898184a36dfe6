import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
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

const plugin: FastifyPluginAsync = async (app) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text.length > maximumDepth && isDeeperThan(text, maximumDepth)) {
      done(new HubError('bad_request', `The JSON is nested too deep: ${maximumDepth} levels at most.`));
      return;
    }
    void parse(request, text, done);
  });
};

/** Parses JSON bodies; refuses deep nesting before anything recursive sees it, and `__proto__` keys. */
export const jsonBody = fastifyPlugin(plugin, { name: 'atrium-json-body', fastify: '5.x' });
