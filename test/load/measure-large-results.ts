import { gzipSync } from 'node:zlib';
import type { OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { HubError } from '#server/hub-error.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createMcpClients } from '#server/platform/mcp/create-mcp-clients.ts';
import { callOperation } from '#server/runtime/tools/connected/call-operation.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { startMcpServer } from '#test/support/mcp-server.ts';
import type { Row } from './bench-rows.ts';

const megabyte = 1024 * 1024;
const resultBytes = 200 * megabyte;
const sampleMs = 5;

/** Resident memory that one tool result of 200 MB takes beyond what was there before: of a service, packed, and of an MCP server. */
export async function measureLargeResults(): Promise<Row[]> {
  const packed = gzipSync(Buffer.alloc(resultBytes, ' '));
  const service = await startLocalServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/packed') return void response.setHeader('content-encoding', 'gzip').end(packed);
    const piece = Buffer.alloc(megabyte, ' ');
    let left = resultBytes / megabyte;
    const write = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(piece)) return void response.once('drain', write);
      }
      response.end();
    };
    write();
  });
  const mcp = await startMcpServer();
  const egress = createEgress({ allowed: [service.entry, new URL(mcp.url).host] });
  const clients = createMcpClients({ fetch: egress.streamingFetch, version: '0.0.0' });
  const signal = new AbortController().signal;
  const server = {
    key: 'bench',
    target: { kind: 'http' as const, url: mcp.mcpUrl, headers: {} },
    authorization: null,
  };
  const callService = (path: string) => () =>
    callOperation({
      operation: toOperation(path),
      serverUrl: service.url,
      input: {},
      signal,
      send: ({ url, headers, method }, limits) => egress.fetch(url, { method, headers, ...limits }),
    });
  const callTool = (name: string) => () => clients.callTool(server, { name, input: {}, signal, timeoutMs: 60_000 });
  try {
    // What is loaded at the first call is no part of a result.
    await callTool('read')();
    const cases = [
      ['of an OpenAPI service', callService('/plain')],
      ['of an OpenAPI service, packed with gzip', callService('/packed')],
      ['of an MCP server', callTool('is-huge')],
    ] as const;
    const rows: Row[] = [];
    for (const [name, call] of cases) {
      const hub = await measureGrowth(call);
      rows.push({
        scenario: 'tools',
        measure: `memory for a result of 200 MB ${name}, beyond before`,
        hub,
        unit: 'MB',
      });
    }
    return rows;
  } finally {
    await clients.close();
    await egress.close();
    await Promise.all([service.close(), mcp.close()]);
  }
}

async function measureGrowth(call: () => Promise<unknown>): Promise<number> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const clock = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), sampleMs);
  try {
    await call();
    throw new Error('a result of 200 MB was taken');
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'payload_too_large') throw error;
  } finally {
    clearInterval(clock);
  }
  return (Math.max(peak, process.memoryUsage.rss()) - before) / megabyte;
}

const toOperation = (path: string): OpenApiOperation => ({
  ...{ name: 'get', title: 'Get', description: '', method: 'GET', path, tags: [], deprecated: false, effect: 'read' },
  ...{ inputSchema: { type: 'object' }, parameters: [], body: null, server: null, security: null },
});
