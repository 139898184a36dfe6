import { request } from 'undici';
import { makeCloudApi } from '#test/support/large-apis/make-cloud-api.ts';
import { makeClusterApi } from '#test/support/large-apis/make-cluster-api.ts';
import { makeForgeApi } from '#test/support/large-apis/make-forge-api.ts';
import { makeMessagingApi } from '#test/support/large-apis/make-messaging-api.ts';
import { makePaymentsApi } from '#test/support/large-apis/make-payments-api.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';
import { startHub } from './start-hub.ts';

const rounds = 5;
const descriptions = {
  'a payment service': makePaymentsApi,
  'a cluster’s control plane': makeClusterApi,
  'a forge of code': makeForgeApi,
  'a messenger, as YAML': makeMessagingApi,
  'a cloud’s management': makeCloudApi,
};

/** From posting a large OpenAPI description to the toolset that is stored of it, with a tool for each operation. */
export async function measureImports(root: string): Promise<Row[]> {
  const hub = await startHub(root, null);
  const headers = { authorization: `Bearer ${hub.key}`, 'content-type': 'application/json' };
  const importOnce = async (text: string) => {
    const startedAt = performance.now();
    const body = JSON.stringify({ kind: 'openapi', text });
    const made = await request(`${hub.url}/api/toolsets`, { method: 'POST', headers, body });
    const { id, toolCount } = (await made.body.json()) as { id: string; toolCount: number };
    const tookMs = performance.now() - startedAt;
    if (made.statusCode !== 201) throw new Error(`A description was not imported (${made.statusCode}).`);
    const removed = await request(`${hub.url}/api/toolsets/${id}`, { method: 'DELETE', headers });
    await removed.body.dump();
    return { tookMs, toolCount };
  };
  try {
    const rows: Row[] = [];
    for (const [name, make] of Object.entries(descriptions)) {
      const text = make('https://api.example.org/v1');
      const { toolCount } = await importOnce(text);
      const seen: number[] = [];
      for (let round = 0; round < rounds; round += 1) seen.push((await importOnce(text)).tookMs);
      const measure = `an OpenAPI description imported: ${name}, ${toolCount} operations, ${Math.round(text.length / 1000)} kB`;
      rows.push({ scenario: 'tools', measure, hub: median(seen), unit: 'ms' });
    }
    return rows;
  } finally {
    await hub.stop();
    hub.remove();
  }
}
