import type { FastifyPluginAsync } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { HubError, type HubIssue } from '#server/hub-error.ts';

/** Postgres takes no null character in a text; where a value has some. Its depth is checked before. */
export function findNullCharacters(value: unknown, path: string): HubIssue[] {
  const issue = { path, message: { en: 'Take out the null character.', zh: '请去掉空字符。' } };
  if (typeof value === 'string') return value.includes('\0') ? [issue] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key.includes('\0') ? [issue] : findNullCharacters(part, `${path}.${key}`),
  );
}

export const nullCharacters = (errors: HubIssue[]) =>
  new HubError(
    'validation_failed',
    { en: 'Null characters cannot be stored. Take them out.', zh: '空字符无法保存，请去掉。' },
    { errors },
  );

const plugin: FastifyPluginAsync = async (app) => {
  app.addHook('preValidation', async (request) => {
    if (!request.url.includes('%00')) return;
    const errors = [...findNullCharacters(request.params, 'path'), ...findNullCharacters(request.query, 'query')];
    if (errors.length > 0) throw nullCharacters(errors);
  });
};

/** Refuses null characters in addresses: in the names of what is asked for, and in queries. */
export const addressNullCharacters = fastifyPlugin(plugin, { name: 'atrium-address-null-characters', fastify: '5.x' });
