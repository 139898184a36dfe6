import { setTimeout as wait } from 'node:timers/promises';
import { type ScriptedRpc, startScriptedRpc } from './scripted-rpc.ts';

/** Something that goes wrong in a hub, or is a lot of work for it. */
export type Fault = {
  name: string;
  /** What has to be there before, in each round. */
  prepare?: () => Promise<void>;
  /** Brings it about, and gives what the hub said of it; null: whoever asked left before it said anything. */
  cause: (isLast: boolean) => Promise<string | null>;
  /** What makes that clear. */
  clear: RegExp;
  /** What works afterwards. */
  again: () => Promise<string>;
  answered: RegExp;
  /** How long traces of it are removed after the answer. */
  afterwardsMs?: number;
};

/** How an administrator asks a hub, over its REST door. */
export type Administrator = {
  /** @throws {Error} where the hub refuses */
  send: <Answer>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    options?: { body?: object },
  ) => Promise<Answer>;
  /** What a tool said, as JSON. */
  callTool: (tool: string, input: object, signal?: AbortSignal) => Promise<string>;
};

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
const balance = { tool: 'token-balance', input: { chain, address: holder } };

type Question = { tool: string; input: object };
type Lie = {
  name: string;
  /** It lies before the hub looked whose chain it is. */
  isUnread?: boolean;
  /** What is so when the chain is first read, with a second endpoint. */
  first?: (rpc: ScriptedRpc) => void;
  /** Makes an RPC that was well lie. */
  begin?: (rpc: ScriptedRpc, other: ScriptedRpc) => void;
  clear: RegExp;
  asks?: Question;
  /** What is asked afterwards, where it is not the same, and what answers it. */
  again?: Question;
  answered?: RegExp;
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
    again: { tool: 'read-contract', input: { chain, contract: wide, function: 'owner() returns (address)' } },
    answered: /"value":"0xA1A1/i,
  },
  {
    name: 'a token with 77 decimals',
    clear: /77 decimals/,
    asks: { tool: 'token-facts', input: { chain, token: wide } },
    answered: /"formatted":"0\.0{76}5","decimals":77/,
  },
  {
    name: 'a token with a name of 1 MB',
    clear: /"A{63}…"/,
    asks: { tool: 'token-facts', input: { chain, token: named } },
    answered: /"symbol":"NAMED"/,
  },
];

/** RPCs that lie, lag, limit and break off, and what strangers put on chains; each against a chain that is made for the round. */
export async function openChainFaults() {
  const contracts = {
    [wide]: { name: 'Wide', symbol: 'WIDE', decimals: 77, answers: { ...totalSupply, ...owner } },
    [named]: { name: 'A'.repeat(1_000_000), symbol: 'NAMED', decimals: 18, answers: totalSupply },
  };
  const healthy = { chainId, contracts, balances: { [holder]: 7n }, retryAfter: '1' };
  const [rpc, other] = await Promise.all([startScriptedRpc(healthy), startScriptedRpc(healthy)]);
  const all = [rpc, other];
  const { head } = rpc.state;

  const heal = () => {
    for (const one of [rpc, other]) {
      one.setMode('answers');
      Object.assign(one.state, { chainId, head, reply: () => null });
    }
  };

  function list({ send, callTool }: Administrator): Fault[] {
    const add = async (url: string) => {
      await send('DELETE', `/api/chains/${chainId}`).catch(() => undefined);
      const facts = { name: chainName, explorerUrl: 'https://explorer.example.org' };
      const nativeCurrency = { name: 'Fault', symbol: 'FLT' };
      await send('POST', '/api/chains', { body: { id: chainId, slug: chain, ...facts, nativeCurrency, url } });
    };
    return lies.map((lie): Fault => {
      const { name, isUnread = false, first, begin, clear, isSlow = false } = lie;
      const { asks = balance, again = asks, answered = /"0\.000000000000000007 FLT"/ } = lie;
      return {
        name,
        prepare: async () => {
          heal();
          await add(rpc.url);
          if (first !== undefined) {
            first(rpc);
            await send('POST', `/api/chains/${chainId}/endpoints`, { body: { url: other.url } });
            await callTool('token-facts', { chain, token: wide });
          }
          // Changed, it is known no longer.
          if (isUnread) await send('PATCH', `/api/chains/${chainId}`, { body: { name: `${chainName} 2` } });
          begin?.(rpc, other);
        },
        cause: (isLast) =>
          isSlow && !isLast
            ? callTool(asks.tool, asks.input, AbortSignal.timeout(leaveAfterMs)).catch(() => null)
            : callTool(asks.tool, asks.input),
        clear,
        // Once the RPC is well: by itself, or where it rests for long, set anew by an administrator.
        again: async () => {
          heal();
          if (isUnread || isSlow) await add(rpc.url);
          let said = await callTool(again.tool, again.input);
          for (let waited = 0; /No RPC of/.test(said) && waited < longestMs; waited += waitedMs) {
            await wait(waitedMs);
            said = await callTool(again.tool, again.input);
          }
          return said;
        },
        answered,
      };
    });
  }

  return {
    list,
    hosts: all.map(({ url }) => new URL(url).host),
    close: () => Promise.all(all.map((one) => one.close())),
  };
}
