import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Address,
  createPublicClient,
  custom,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  multicall3Abi,
  namehash,
  parseAbi,
  parseSignature,
  toEventSelector,
  toFunctionSelector,
  toHex,
} from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDevnet } from '#server/onchain/devnet/create-devnet.ts';
import { readLease } from '#server/onchain/devnet/devnet-lease.ts';
import { createDevnetRpc } from '#server/onchain/devnet/devnet-rpc.ts';
import { accountIndex } from '#server/onchain/devnet/devnet-accounts.ts';
import { devnetChain, devnetMnemonic } from '#server/onchain/devnet/devnet-chain.ts';
import { devnetStopped } from '#server/onchain/devnet/devnet-errors.ts';
import { authorization } from '#server/onchain/devnet/plan-payments.ts';
import { multicall3Address } from '#server/onchain/bundle-calls.ts';
import { findKnownToken } from '#server/onchain/known-tokens.ts';
import type { Seed } from '#server/onchain/devnet/devnet-seed.ts';
import { devnetParts, layDevnet } from '#test/support/seeded-devnet.ts';

const never = new AbortController().signal;
let dataFolder: string;
let seed: Seed;
let devnet: ReturnType<typeof createDevnet>;
const mistakes: string[] = [];
const openDevnet = () =>
  createDevnet({
    ...devnetParts(join(dataFolder, 'devnet')),
    logError: (_error, message) => void mistakes.push(message),
  });

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'atrium-devnet-'));
  seed = await layDevnet(dataFolder);
  devnet = openDevnet();
  await devnet.ready();
}, 600_000);
afterAll(async () => {
  await devnet.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

const speak = async (runner = devnet) => {
  const { url } = await runner.status();
  return createDevnetRpc({ url: url ?? '', fetch: (_input, init) => runner.fetch(init) });
};
const client = createPublicClient({
  transport: custom({
    request: async ({ method, params }: { method: string; params?: unknown[] }) =>
      (await speak()).call(method, params ?? [], never),
  }),
});
const at = (label: string) => seed.contracts.find((contract) => contract.label === label)?.address as Address;
const account = (label: string) => seed.accounts.find((one) => one.label === label)?.address as Address;
const read = (label: string, signature: string, ...args: unknown[]) =>
  client.readContract({
    address: at(label),
    abi: parseAbi([signature]),
    functionName: /function (\w+)/.exec(signature)?.[1] ?? '',
    args,
  });
const coin = parseAbi([
  'function receiveWithAuthorization(address, address, uint256, uint256, uint256, bytes32, uint8, bytes32, bytes32)',
  'function cancelAuthorization(address, bytes32, uint8, bytes32, bytes32)',
]);
const countEvents = async (label: string, event: string) => {
  const filter = { address: at(label), topics: [toEventSelector(event)], fromBlock: '0x0', toBlock: 'latest' };
  return (await (await speak()).call<unknown[]>('eth_getLogs', [filter], never)).length;
};

describe('the simulated days', () => {
  test('end with the same block wherever they are made', async () => {
    expect(seed).toMatchObject({
      blockNumber: 369,
      blockHash: '0x266f4dc7308b66dbcbbf1738521ec233f1d71eb533c8f3d52251162f4fee638f',
    });
    const last = await client.getBlock({ blockNumber: 369n });
    expect([last.hash, new Date(Number(last.timestamp) * 1000).toISOString().slice(0, 10)]).toEqual([
      seed.blockHash,
      '2026-10-29',
    ]);
  });

  test('have the events that indexers look for', async () => {
    const swaps = 'Swap(address,uint256,uint256,uint256,uint256,address)';
    expect(toEventSelector(swaps)).toBe('0xd78ad95fa46c994b6551d0da85fc275fe613ce37657fb8d5e3d130840159d822');
    expect(await countEvents('Garden pair', swaps)).toBeGreaterThan(100);
    expect(await countEvents('Exchange factory', 'PairCreated(address,address,address,uint256)')).toBe(2);
    expect(await countEvents('Price of Garden', 'AnswerUpdated(int256,uint256,uint256)')).toBe(180);
    expect(await countEvents('Devnet Dollar', 'AuthorizationUsed(address,bytes32)')).toBe(13);
    expect(await countEvents('Devnet Tiles', 'Transfer(address,address,uint256)')).toBeGreaterThan(60);
  });

  test('leave a price, names in both directions, and tiles that show what they are', async () => {
    const feed = 'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)';
    const [round, answer] = (await read('Price of Garden', feed)) as [bigint, bigint];
    expect([round, answer > 50_000_000n && answer < 500_000_000n]).toEqual([180n, true]);
    const ada = account('Ada');
    expect(await read('Name resolver', 'function addr(bytes32) view returns (address)', namehash('ada.test'))).toBe(
      ada,
    );
    const reverse = namehash(`${ada.slice(2).toLowerCase()}.addr.reverse`);
    expect(await read('Name resolver', 'function name(bytes32) view returns (string)', reverse)).toBe('ada.test');
    const unknownName = toFunctionSelector('ResolverNotFound(bytes)');
    const names = { universalResolverAddress: at('Universal resolver') };
    expect(await client.getEnsAddress({ name: 'weather-shop.test', ...names })).toBe(account('Weather shop'));
    expect(await client.getEnsName({ address: ada, ...names })).toBe('ada.test');
    for (const name of ['nobody.test', 'ada.eth', 'a.ada.test'])
      await expect(client.getEnsAddress({ name, ...names })).rejects.toThrow(unknownName);
    await expect(client.getEnsName({ address: account('Gita'), ...names })).rejects.toThrow(unknownName);
    const uri = String(await read('Devnet Tiles', 'function tokenURI(uint256) view returns (string)', 1n));
    const tile = JSON.parse(readDataUri(uri)) as { name: string; image: string };
    expect([tile.name, readDataUri(tile.image)]).toEqual(['Tile 1', expect.stringContaining('<svg')]);
  });

  test('have Multicall3 where public chains have it, which answers for each call alone', async () => {
    expect(at('Multicall3')).toBe(multicall3Address);
    const ada = account('Ada');
    const calls = [
      { address: at('Garden'), abi: erc20Abi, functionName: 'balanceOf', args: [ada] },
      { address: at('Garden pair'), abi: erc20Abi, functionName: 'decimals' },
      { address: at('Price of Garden'), abi: erc20Abi, functionName: 'totalSupply' },
      { address: multicall3Address, abi: multicall3Abi, functionName: 'getEthBalance', args: [ada] },
    ] as const;
    const answers = await client.multicall({ contracts: calls, multicallAddress: multicall3Address });
    expect(answers.map(({ status }) => status)).toEqual(['success', 'success', 'failure', 'success']);
    expect(answers.flatMap(({ result }) => result ?? [])).toEqual([
      await client.readContract(calls[0]),
      18,
      await client.getBalance({ address: ada }),
    ]);
  });

  test('have what people must be warned of', async () => {
    const name = 'function name() view returns (string)';
    expect(await read('Fake dollar', name)).toBe(await read('Devnet Dollar', name));
    expect(await read('Hidden letters', name)).toMatch(/\u202E/);
    expect(await read('Too many decimals', 'function decimals() view returns (uint8)')).toBe(77);
    const zeroes = await client.getLogs({
      address: at('Devnet Dollar'),
      event: parseAbi(['event Transfer(address indexed from, address indexed to, uint256 value)'])[0],
      fromBlock: 0n,
    });
    const poisoned = zeroes.filter(({ args }) => args.value === 0n);
    expect(poisoned).toHaveLength(14);
    for (const { args } of poisoned) {
      const alike = seed.accounts.filter(
        ({ address }) =>
          address !== args.to && address.slice(0, 6).toLowerCase() === args.to?.slice(0, 6).toLowerCase(),
      );
      expect(alike).toHaveLength(1);
    }
  });

  test('are known by their symbols', () => {
    for (const [symbol, label] of [
      ['DUSD', 'Devnet Dollar'],
      ['GRDN', 'Garden'],
      ['LNTN', 'Lantern'],
    ] as const)
      expect(findKnownToken(devnetChain.id, symbol)).toBe(at(label));
  });

  test('name every weakness of the vault by a function that it has', async () => {
    const file = join(import.meta.dirname, '../../server/onchain/devnet/contracts/weak-vault');
    const [list, source] = await Promise.all([readFile(`${file}.json`, 'utf8'), readFile(`${file}.sol`, 'utf8')]);
    const weaknesses = JSON.parse(list) as { id: string; function: string }[];
    expect(weaknesses.length).toBeGreaterThan(10);
    for (const one of weaknesses) expect(source).toContain(`function ${one.function}(`);
  });
});

test('the stable coin takes a signed payment of the payee it names, and none that was cancelled', async () => {
  const ada = mnemonicToAccount(devnetMnemonic, { addressIndex: accountIndex('Ada') });
  const shop = account('Weather shop');
  const verifyingContract = at('Devnet Dollar');
  const domain = { name: 'Devnet Dollar', version: '1', chainId: devnetChain.id, verifyingContract };
  const nonce = toHex(7, { size: 32 });
  const payment = [ada.address, shop, 5n, 0n, 2n ** 40n, nonce] as const;
  const [from, to, value, validAfter, validBefore] = payment;
  const { v = 0n, ...paid } = parseSignature(
    await ada.signTypedData({
      domain,
      types: { ReceiveWithAuthorization: authorization },
      primaryType: 'ReceiveWithAuthorization',
      message: { from, to, value, validAfter, validBefore, nonce },
    }),
  );
  const receive = (caller: Address) =>
    client.simulateContract({
      address: verifyingContract,
      abi: coin,
      functionName: 'receiveWithAuthorization',
      args: [...payment, Number(v), paid.r, paid.s],
      account: caller,
    });
  await receive(shop);
  await expect(receive(account('Ben'))).rejects.toThrow(toFunctionSelector('CallerNotPayee()'));
  const cancel = parseSignature(
    await ada.signTypedData({
      domain,
      types: { CancelAuthorization: [{ name: 'authorizer', type: 'address' }, authorization[5]] },
      primaryType: 'CancelAuthorization',
      message: { authorizer: from, nonce },
    }),
  );
  const data = encodeFunctionData({
    abi: coin,
    functionName: 'cancelAuthorization',
    args: [from, nonce, Number(cancel.v), cancel.r, cancel.s],
  });
  const hash = await (
    await speak()
  ).call<Hex>('eth_sendTransaction', [{ from: shop, to: verifyingContract, data }], never);
  expect((await client.waitForTransactionReceipt({ hash, pollingInterval: 20 })).status).toBe('success');
  await expect(receive(shop)).rejects.toThrow(toFunctionSelector('AuthorizationSpent(bytes32)'));
});

describe('a devnet', { timeout: 120_000 }, () => {
  const pay = async (runner = devnet) =>
    (await speak(runner)).call<string>(
      'eth_sendTransaction',
      [{ from: account('Ada'), to: account('Ben'), value: '0x1' }],
      never,
    );

  test('makes new blocks of now, keeps them when it stops, and forgets them when it is reset', async () => {
    const hash = await pay();
    const made = await client.waitForTransactionReceipt({ hash: hash as Address, pollingInterval: 20 });
    const { timestamp } = await client.getBlock({ blockNumber: made.blockNumber });
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(600);
    await devnet.stop();
    expect(await devnet.status()).toMatchObject({ state: 'stopped', url: null });
    await expect(devnet.fetch()).rejects.toThrow('not running');
    await devnet.ready();
    expect((await client.getTransactionReceipt({ hash: hash as Address })).blockHash).toBe(made.blockHash);
    await devnet.stop();
    await devnet.forgetState();
    await devnet.ready();
    expect((await client.getBlock()).hash).toBe(seed.blockHash);
  });

  test('is one for all processes of a hub, and each of them can stop it', async () => {
    const second = openDevnet();
    await second.ready();
    expect((await second.status()).url).toBe((await devnet.status()).url);
    await second.stop();
    await expect.poll(async () => (await devnet.status()).state).toBe('stopped');
    await second.ready();
    await devnet.ready();
    expect((await second.status()).url).toBe((await devnet.status()).url);
    await second.close();
  });

  test('is started again when it died, but not for ever', async () => {
    const kill = async () => {
      await devnet.ready();
      process.kill(-((await readLease(join(dataFolder, 'devnet')))?.processGroup ?? NaN), 'SIGKILL');
      await expect.poll(async () => (await devnet.status()).url).toBeNull();
    };
    for (let death = 0; death < 3; death += 1) await kill();
    expect(mistakes).toContain('the devnet ended; it starts again when it is needed');
    expect(await devnet.status()).toMatchObject({ state: 'failed' });
    await expect(devnet.ready()).rejects.toThrow('ended again and again');
    devnet.start();
    await devnet.ready();
    expect((await devnet.status()).state).toBe('running');
  });

  test('that takes longer to lay than a reader can wait says so, and goes on', async () => {
    const laid = createDevnet({
      ...devnetParts(join(dataFolder, 'slow')),
      compile: (_input, { signal }) => once(signal, 'abort').then(() => Promise.reject(devnetStopped())),
      logError: () => undefined,
    });
    await expect(laid.ready({ longestMs: 50 })).rejects.toThrow('still starting. The first time takes a minute');
    expect(await laid.status()).toMatchObject({ state: 'starting' });
    await laid.close();
  });

  test('that has no Anvil says what to do', async () => {
    const without = createDevnet({
      ...devnetParts(join(dataFolder, 'other')),
      program: null,
      logError: () => undefined,
    });
    await expect(without.ready()).rejects.toThrow('HUB_ANVIL');
    expect(await without.status()).toMatchObject({ state: 'missing', accounts: [] });
  });
});

const readDataUri = (uri: string) => Buffer.from(uri.replace(/^[^,]*,/, ''), 'base64').toString();
