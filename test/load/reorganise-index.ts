import { setTimeout as wait } from 'node:timers/promises';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import type { Fault } from '#test/support/chain-faults.ts';
import type { ScriptedRpc } from '#test/support/scripted-rpc.ts';
import type { HubSession } from './hub-session.ts';

const pollMs = 50;
const longestMs = 30_000;

/** An index loses its last twelve blocks to another branch, again in each round. */
export function reorganise({ send, run }: HubSession, market: ScriptedRpc): Fault {
  let index: ChainIndex | null = null;
  let branches = 0;
  const read = () => send<ChainIndex>('GET', `/api/indexes/${index?.id}`);
  const until = async (isReady: (index: ChainIndex) => boolean) => {
    for (let waited = 0; waited < longestMs; waited += pollMs) {
      const now = await read();
      if (isReady(now)) return now;
      await wait(pollMs);
    }
    throw new Error('The index did not come so far.');
  };
  const isWhole = ({ lastBlock }: ChainIndex) => lastBlock === Number(market.state.head);
  return {
    name: 'a reorganisation of depth 12',
    prepare: async () => {
      if (index !== null) return;
      const facts = { name: 'Market', explorerUrl: 'https://explorer.example.org' };
      const nativeCurrency = { name: 'Market', symbol: 'MKT' };
      const body = { id: market.state.chainId, slug: 'market', ...facts, nativeCurrency, url: market.url };
      await send('POST', '/api/chains', { body });
      index = await send<ChainIndex>('POST', '/api/indexes', { body: { chain: 'market', fromBlock: 990 } });
      await until(isWhole);
    },
    cause: async () => {
      const before = (await read()).lastReorganisation?.at;
      branches += 1;
      market.state.branch = `c${branches}`;
      for (const state of ['paused', 'running']) await send('PATCH', `/api/indexes/${index?.id}`, { body: { state } });
      const after = await until((one) => one.lastReorganisation?.at !== before && isWhole(one));
      const { depth, ancestor } = after.lastReorganisation ?? {};
      return `${depth} blocks were undone, down to block ${ancestor}`;
    },
    clear: /^12 blocks were undone, down to block 1000$/,
    again: () => run(`SELECT count(*), count(*) FILTER (hash LIKE '0x${market.state.branch}%') FROM market.blocks`),
    answered: /^\[23,12\]$/,
  };
}
