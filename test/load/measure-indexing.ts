import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { advanceIndex } from '#server/features/indexes/advance-index.ts';
import type { IndexRecord, IndexRepository } from '#server/features/indexes/index-repository.ts';
import { createChainSource } from '#server/onchain/chain-index/chain-source.ts';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { createIndexStore } from '#server/platform/chain-index/index-store.ts';
import { createFileStore } from '#server/platform/file-store.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';
import { logsOfBlock, startLogNode } from './log-node.ts';

const logs = 60_000;
const rounds = 3;

/** How fast the blocks of a local node become tables, beside a bare loop that only asks for the logs and parses them. */
export async function measureIndexing(root: string): Promise<Row[]> {
  const node = await startLogNode(logs);
  const folder = mkdtempSync(join(tmpdir(), 'atrium-bench-'));
  const files = createFileStore({ folder: join(folder, 'files') });
  const store = createIndexStore({
    workerFile: new URL('dist/server/index-worker.js', pathToFileURL(root)),
    folder: join(folder, 'indexes'),
    files,
    findUsed: () => Promise.resolve([]),
  });
  const registry = createChainRegistry({ chains: [toChain(node.url)], fetch: globalThis.fetch });
  const source = createChainSource({ registry, refresh: () => Promise.resolve() });
  const whole: number[] = [];
  const bare: number[] = [];
  try {
    await source.readHead(31_337, AbortSignal.timeout(10_000));
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await readBare(node.url));
      whole.push(await indexAll({ source, store }));
    }
  } finally {
    await Promise.all([store.close(), registry.close(), node.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
  const perSecond = (times: number[]) => (logs * 1000) / median(times);
  return [
    {
      scenario: 'indexing',
      measure: `logs a second from a local node (${logs.toLocaleString('en')}); baseline: eth_getLogs and JSON.parse`,
      hub: perSecond(whole),
      baseline: perSecond(bare),
      unit: '/s',
      least: 5_000,
    },
  ];
}

const toChain = (url: string) => ({
  id: 31_337,
  slug: 'local',
  name: 'Local',
  endpoints: [{ id: 'own', url, origin: 'environment' as const }],
  explorerUrl: 'https://explorer.invalid',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  blockTimeMs: 1_000,
  hasMulticall: false,
  isTestnet: true,
});

async function readBare(url: string): Promise<number> {
  const begun = performance.now();
  let found = 0;
  for (let from = 1; from < logs / logsOfBlock; from += 2) {
    const params = [{ fromBlock: `0x${from.toString(16)}`, toBlock: `0x${(from + 1).toString(16)}` }];
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getLogs', params });
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    found += (JSON.parse(await answer.text()) as { result: unknown[] }).result.length;
  }
  if (found !== logs) throw new Error(`${found} of ${logs} logs are on the node.`);
  return performance.now() - begun;
}

/** All blocks of the node, with everything but the database. */
async function indexAll(parts: Pick<Parameters<typeof advanceIndex>[0], 'source' | 'store'>): Promise<number> {
  const begun = performance.now();
  let index: IndexRecord = {
    id: 'bench',
    chainId: 31_337,
    schema: 'local',
    fromBlock: 0,
    toBlock: null,
    parts: ['transactions', 'logs'],
    contracts: [],
    onlyContracts: false,
    maximumRows: null,
    maximumBytes: null,
    state: 'running',
    nextBlock: 0,
    recent: [],
    headBlock: null,
    finalBlock: null,
    fault: null,
    missingParts: [],
    lastReorganisation: null,
    blocksPerSecond: null,
    logsPerSecond: null,
    createdAt: new Date(),
    updatedAt: new Date(),
    segments: [],
  };
  const repository: Pick<IndexRepository, 'note' | 'commit'> = {
    note: () => Promise.resolve(),
    commit: async (_, { changes, dropped, added }) => {
      const kept = index.segments.filter(({ id }) => !dropped.includes(id));
      index = { ...index, ...changes, segments: added === null ? kept : [...kept, added] };
      return true;
    },
  };
  const width = { blocks: 16 };
  const needs = { ...parts, repository, holder: 'bench', now: () => new Date(), devnet: { chainId: 0 } };
  for (let came = 'more'; came === 'more';)
    came = await advanceIndex(needs, index, width, AbortSignal.timeout(120_000));
  const stored = index.segments.reduce((sum, { rows }) => sum + (rows.erc20_transfers ?? 0), 0);
  if (stored !== logs) throw new Error(`${stored} of ${logs} transfers are in the index.`);
  return performance.now() - begun;
}
