import { setTimeout as wait } from 'node:timers/promises';
import type { ChainIndex } from '#server/contract/chain-index.ts';
import { startMarketChain } from '#test/support/market-chain.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';
import type { HubSession } from './hub-session.ts';
import type { Fault } from './sql-faults.ts';

const chainId = 31_338;
const chain = 'faultnet';
const chainName = 'Faultnet';
const holder = `0x${'a1'.repeat(20)}`;
const [wide, named] = [`0x${'b1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];
const totalSupply = { 'function totalSupply() view returns (uint256)': 5n };
const owner = { 'function owner() view returns (address)': holder };
/** Of pages and half answers: what an RPC sends is read whole before it is understood. */
const longText = 'x'.repeat(4_000_000);
const leaveAfterMs = 1500;
const waitedMs = 250;
const longestMs = 3_000;
const pollMs = 50;
const balance = { tool: 'token-balance', input: { chain, address: holder } };

type Lie = {
  name: string;
  /** It lies before the hub looked whose chain it is. */
  isUnread?: boolean;
  /** What is so when the chain is first read, with a second endpoint. */
  first?: (rpc: ScriptedRpc) => void;
  /** Makes an RPC that was well lie. */
  begin?: (rpc: ScriptedRpc, other: ScriptedRpc) => void;
  clear: RegExp;
  asks?: { tool: string; input: object };
  /** People leave before the answer, but for the last round. */
  isSlow?: boolean;
};

const lies: Lie[] = [
  {
    name: 'an RPC of another chain',
    isUnread: true,
    begin: ({ state }) => (state.chainId = 5),
    clear: /answers for chain 5, not 31338.*An administrator must correct/,
  },
  {
    name: 'an RPC that lags',
    first: ({ state }) => (state.head -= 40n),
    begin: (_, other) => other.setMode('refuses'),
    clear: /is 40 blocks \(480 s\) behind the others.*refuses the hub/,
  },
  {
    name: 'an RPC that answers 429',
    begin: (rpc) => rpc.setMode('limits'),
    clear: /HTTP 429, again in 1 s.*Try again in 1 s/,
  },
  {
    name: 'an RPC that answers HTML',
    begin: ({ state }) => (state.reply = () => ({ body: `<html>${longText}</html>` })),
    clear: /a page instead of JSON/,
  },
  {
    name: 'an RPC that answers half a JSON',
    begin: ({ state }) => (state.reply = () => ({ body: `[{"jsonrpc":"2.0","id":0,"result":"0x${longText}` })),
    clear: /broke off in the middle/,
  },
  {
    name: 'an RPC that answers without end',
    begin: (rpc) => rpc.setMode('never ends'),
    clear: /answers with more than 8 MB/,
  },
  { name: 'an RPC that hangs', begin: (rpc) => rpc.setMode('hangs'), clear: /no answer within 8 s/, isSlow: true },
  {
    name: 'an ABI that does not fit',
    clear: /does not fit owner\(\): the ABI is of another contract/,
    asks: { tool: 'read-contract', input: { chain, contract: wide, function: 'owner() returns (string)' } },
  },
  {
    name: 'a token with 77 decimals',
    clear: /77 decimals/,
    asks: { tool: 'token-facts', input: { chain, token: wide } },
  },
  {
    name: 'a token with a name of 1 MB',
    clear: /"A{63}…"/,
    asks: { tool: 'token-facts', input: { chain, token: named } },
  },
];

/** RPCs that lie, lag, limit and break off, and what strangers put on chains; each against a chain that is made for the round. */
export async function openChainFaults() {
  const contracts = {
    [wide]: { name: 'Wide', symbol: 'WIDE', decimals: 77, answers: { ...totalSupply, ...owner } },
    [named]: { name: 'A'.repeat(1_000_000), symbol: 'NAMED', decimals: 18, answers: totalSupply },
  };
  const healthy = { chainId, contracts, balances: { [holder]: 7n }, retryAfter: '1' };
  const [rpc, other, market] = await Promise.all([
    startScriptedRpc(healthy),
    startScriptedRpc(healthy),
    startMarketChain(),
  ]);
  const all = [rpc, other, market];
  const { head } = rpc.state;

  const heal = () => {
    for (const one of [rpc, other]) {
      one.setMode('answers');
      Object.assign(one.state, { chainId, head, reply: () => null });
    }
  };

  function list(session: HubSession, rounds: number): Fault[] {
    const add = async (url: string) => {
      const { send } = session;
      await send('DELETE', `/api/chains/${chainId}`).catch(() => undefined);
      const facts = { name: chainName, explorerUrl: 'https://explorer.example.org' };
      const nativeCurrency = { name: 'Fault', symbol: 'FLT' };
      await send('POST', '/api/chains', { body: { id: chainId, slug: chain, ...facts, nativeCurrency, url } });
    };
    /** Once the RPC is well: by itself, or where it rests for long, set anew by an administrator. */
    const askAgain = async (ask: () => Promise<string>, isLeft: boolean) => {
      heal();
      if (isLeft) await add(rpc.url);
      let said = await ask();
      for (let waited = 0; /No RPC of/.test(said) && waited < longestMs; waited += waitedMs) {
        await wait(waitedMs);
        said = await ask();
      }
      return said;
    };
    const toFault = ({ name, isUnread = false, first, begin, clear, asks = balance, isSlow = false }: Lie): Fault => {
      const ask = (signal?: AbortSignal) => session.callTool(asks.tool, asks.input, signal);
      return {
        name,
        prepare: async () => {
          heal();
          await add(rpc.url);
          if (first !== undefined) {
            first(rpc);
            await session.send('POST', `/api/chains/${chainId}/endpoints`, { body: { url: other.url } });
            await session.callTool('token-facts', { chain, token: wide });
          }
          // Changed, it is known no longer.
          if (isUnread) await session.send('PATCH', `/api/chains/${chainId}`, { body: { name: `${chainName} 2` } });
          begin?.(rpc, other);
        },
        cause: (round) =>
          isSlow && round < rounds - 1 ? ask(AbortSignal.timeout(leaveAfterMs)).catch(() => null) : ask(),
        clear,
        again: () => askAgain(ask, isUnread || isSlow),
        answered: /0\.000000000000000007 FLT|77 decimals|NAMED|does not fit/,
      };
    };
    return [...lies.map(toFault), reorganise(session, market)];
  }

  return {
    list,
    hosts: all.map(({ url }) => new URL(url).host),
    close: () => Promise.all(all.map((one) => one.close())),
  };
}

/** An index loses its last twelve blocks to another branch, again in each round. */
function reorganise({ send, run }: HubSession, market: ScriptedRpc): Fault {
  let index: ChainIndex | null = null;
  const read = () => send<ChainIndex>('GET', `/api/indexes/${index?.id}`);
  const until = async (isReady: (index: ChainIndex) => boolean) => {
    for (let waited = 0; waited < longestMs * 10; waited += pollMs) {
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
    cause: async (round) => {
      const before = (await read()).lastReorganisation?.at;
      market.state.branch = `c${round}`;
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
