import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedTool } from '#server/contract/tool.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';

let hub: TestApp;
let ada: TestPerson;

beforeAll(async () => {
  hub = await buildTestApp();
  ada = await hub.createPerson();
});
afterAll(() => hub.close());

describe('the catalogue of tools', () => {
  test('lists each tool with its schemas, in both languages', async () => {
    const { items } = (await ada.inject({ method: 'GET', url: '/api/tools' })).json<{ items: ListedTool[] }>();
    expect(items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['calculator', 'time', 'read-web-page', 'chart', 'token-balance', 'explain-transaction']),
    );
    expect(items.filter(({ onlyInRuns }) => onlyInRuns !== null).map(({ id }) => id)).toEqual(['ask-form']);
    for (const { title, description, inputSchema } of items) {
      expect([title.en, title.zh, description.en, description.zh].every((text) => text !== '')).toBe(true);
      expect(inputSchema['type']).toBe('object');
    }
  });

  test('keeps which tools are a person’s favourites, and nobody else’s', async () => {
    const grace = await hub.createPerson();
    const favouritesOf = async (person: TestPerson) =>
      (await person.inject({ method: 'GET', url: '/api/tools' }))
        .json<{ items: ListedTool[] }>()
        .items.flatMap(({ id, isFavourite }) => (isFavourite ? [id] : []));
    const keep = async (payload: object) =>
      (await ada.inject({ method: 'PUT', url: '/api/tools/favourites', payload })).statusCode;
    expect(await keep({ tool: 'time', isFavourite: true })).toBe(204);
    expect(await keep({ tool: 'time', isFavourite: true })).toBe(204);
    expect(await keep({ tool: 'calculator', isFavourite: true })).toBe(204);
    expect((await favouritesOf(ada)).sort()).toEqual(['calculator', 'time']);
    expect(await favouritesOf(grace)).toEqual([]);
    expect(await keep({ tool: 'time', isFavourite: false })).toBe(204);
    expect(await favouritesOf(ada)).toEqual(['calculator']);
    expect(await keep({ tool: 'no/such_tool', isFavourite: true })).toBe(404);
    expect(await keep({ tool: 'time' })).toBe(400);
  });

  test('is for people who are signed in, and for keys that may read agents', async () => {
    expect((await hub.app.inject({ method: 'GET', url: '/api/tools' })).statusCode).toBe(401);
    const { key } = await ada.createKey(['runs:write']);
    const refused = await hub.injectWithKey(key, { method: 'GET', url: '/api/tools' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'insufficient_scope']);
  });
});
