import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { callTool, createToolset, getToolset } from '#test/support/hub-toolsets.ts';
import { type McpTestServer, startMcpServer } from '#test/support/mcp-server.ts';

describe.each([{ isLegacy: false }, { isLegacy: true }])(
  'the tools of an MCP server (older revision: $isLegacy)',
  (kind) => {
    let server: McpTestServer;
    let hub: TestApp;
    let ada: TestPerson;
    let aheadMs = 0;

    beforeAll(async () => {
      server = await startMcpServer(kind);
      hub = await buildTestApp({
        variables: { HUB_EGRESS_ALLOW: new URL(server.url).host },
        now: () => new Date(Date.now() + aheadMs),
      });
      ada = await hub.createPerson();
    });
    afterAll(async () => {
      await hub.close();
      await server.close();
    });

    const listCount = () => server.received.filter(({ method }) => method === 'tools/list').length;

    test('are listed anew when it says within a call that they changed', async () => {
      server.offered.tools = [];
      const { id, slug } = await createToolset(ada, { kind: 'mcp', url: server.mcpUrl, name: 'Pupil' });
      // Of so many none is enabled at first, but for those that a person chose.
      await ada.inject({ method: 'PATCH', url: `/api/toolsets/${id}`, payload: { enabled: ['learn', 'read'] } });
      expect((await callTool(ada, `${slug}/learn`)).body.isError).toBe(false);
      const namesOf = async () => (await getToolset(ada, id)).body.tools.map(({ name }) => name);
      await expect.poll(namesOf, { timeout: 10_000 }).toContain('learnt');
    });

    test.each([
      [60 * 60_000, 30 * 60_000, false],
      [60 * 60_000, 61 * 60_000, true],
      [null, 16 * 60_000, true],
    ])('that hold %j ms, as the server says, are looked at again after %j ms: %j', async (ttlMs, laterMs, isListed) => {
      server.offered.ttlMs = ttlMs;
      const { id, slug } = await createToolset(ada, { kind: 'mcp', url: server.mcpUrl, name: 'Lasting' });
      await ada.inject({ method: 'PATCH', url: `/api/toolsets/${id}`, payload: { enabled: ['read'] } });
      const before = listCount();
      aheadMs += laterMs;
      expect((await callTool(ada, `${slug}/read`)).body.isError).toBe(false);
      if (isListed) await expect.poll(listCount, { timeout: 10_000 }).toBeGreaterThan(before);
      else expect(listCount()).toBe(before);
    });
  },
);
