import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToolSummary } from '#server/contract/tool.ts';
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
    const { items } = (await ada.inject({ method: 'GET', url: '/api/tools' })).json<{ items: ToolSummary[] }>();
    expect(items.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['calculator', 'time', 'read-web-page', 'chart', 'token-balance', 'explain-transaction']),
    );
    for (const { title, description, inputSchema } of items) {
      expect([title.en, title.zh, description.en, description.zh].every((text) => text !== '')).toBe(true);
      expect(inputSchema['type']).toBe('object');
    }
  });

  test('is for people who are signed in, and for keys that may read agents', async () => {
    expect((await hub.app.inject({ method: 'GET', url: '/api/tools' })).statusCode).toBe(401);
    const { key } = await ada.createKey(['runs:write']);
    const refused = await hub.injectWithKey(key, { method: 'GET', url: '/api/tools' });
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([403, 'insufficient_scope']);
  });
});
