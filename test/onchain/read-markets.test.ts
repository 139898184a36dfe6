import { encodeAbiParameters, encodeErrorResult, encodeFunctionResult, getAddress, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  art,
  carol,
  editions,
  ethFeed,
  gift,
  giftPool,
  type SampleChain,
  shares,
  startSampleChain,
  v2Pool,
  vault,
} from '#test/support/sample-chain.ts';
import { scriptedBlock } from '#test/support/scripted-rpc.ts';
import { alice, bob, dai, fakeUsdc, toTransfer, usdc } from '#test/support/scripted-tokens.ts';

let chain: SampleChain;
const call: SampleChain['call'] = (name, input) => chain.call(name, input);

beforeAll(async () => {
  chain = await startSampleChain();
});
afterAll(() => chain.close());

describe('a price', () => {
  test('of a coin is its feed, with its age', async () => {
    const { output, sources } = await call('price', { token: 'ETH' });
    expect(output).toMatchObject({
      asset: 'ETH',
      best: {
        from: 'Chainlink',
        price: '2500.12345678',
        quote: 'USD',
        contract: ethFeed,
        ageSeconds: 600,
        isStale: false,
      },
      warnings: [],
    });
    expect(sources[0]?.excerpt).toMatch(/^2500\.12345678 USD, 600 s old at block 21000000/);
    expect((await call('price', {})).output).toMatchObject({ asset: 'ETH' });
  });

  test('of a token is its feed beside pools of both forms and the service, each exact', async () => {
    const { output } = await call('price', { token: dai });
    expect(output).toMatchObject({
      best: { from: 'Chainlink', price: '1' },
      prices: [
        { from: 'Chainlink', price: '1' },
        {
          from: 'Uniswap V3',
          price: expect.stringMatching(/^0\.999999|^1$/),
          quote: 'USDC',
          liquidity: { formatted: '5', symbol: 'USDC' },
        },
        { from: 'Uniswap V2', price: '1.000049382712', quote: 'USD', liquidity: { formatted: '100', symbol: 'WETH' } },
        { from: 'price service', price: '0.9995', isStale: false },
      ],
      warnings: [expect.stringContaining('holds only 5 USDC')],
    });
  });

  test('that is stale says so, and is not the best', async () => {
    const { output } = await call('price', { token: 'USDC' });
    expect(output).toMatchObject({
      best: { from: 'Uniswap V3' },
      prices: expect.arrayContaining([
        expect.objectContaining({ from: 'Chainlink', isStale: true, ageSeconds: 200_000 }),
      ]),
      warnings: expect.arrayContaining([expect.stringContaining('stale: it was 200000 seconds old')]),
    });
  });

  test.each<[string, object, string]>([
    ['of what nobody prices', { token: shares }, 'token'],
    ['by a feed that is none', { token: 'ETH', feed: vault }, 'feed'],
    ['by a pool of other tokens', { token: 'USDC', pool: v2Pool }, 'pool'],
  ])('%s is refused in words', async (_, input, path) => {
    expect((await call('price', input)).output).toMatchObject({ code: 'validation_failed', issues: [{ path }] });
  });
});

describe('what a portfolio is worth', () => {
  test('has the price of each with its age and source at the block, a total, and what is in none and why', async () => {
    const wish = { address: alice, chains: ['ethereum'], tokens: [fakeUsdc, shares, gift], withValues: true };
    const { output, sources } = await call('portfolio', wish);
    expect(output).toMatchObject({
      totalUsd: { raw: '2501124056', formatted: '2501.124056', symbol: 'USD' },
      freshUsd: { formatted: '2501.123456' },
      holdings: [
        {
          token: 'native',
          priceUsd: '2500.12345678',
          valueUsd: { formatted: '2500.123456' },
          priceSource: { from: 'Chainlink', contract: ethFeed, ageSeconds: 600, isStale: false },
        },
        { token: usdc, priceUsd: '1', priceSource: { from: 'par', contract: null } },
        { amount: { symbol: 'WBTC' }, valueUsd: { formatted: '0.0006' }, priceSource: { isStale: true } },
        { token: getAddress(fakeUsdc) },
        { token: shares },
        { token: gift },
      ],
      notValued: [
        { token: getAddress(fakeUsdc), reason: expect.stringContaining('not the well-known USDC') },
        { token: shares, reason: expect.stringContaining('No feed') },
        { token: gift, reason: `The pool ${giftPool} holds only 20000 USD: anybody can move its price.` },
      ],
      warnings: expect.arrayContaining([
        expect.stringContaining('USDC is counted as one dollar'),
        'The Chainlink (WBTC) price is stale: it was 200000 seconds old at that block.',
      ]),
    });
    expect(output).not.toHaveProperty('holdings.3.valueUsd');
    expect(sources.map(({ title }) => title)).toEqual([
      `Ethereum: portfolio of ${alice}`,
      'Ethereum: ETH by Chainlink',
      'Ethereum: WBTC by Chainlink',
    ]);
    expect(sources[1]?.excerpt).toMatch(/^2500\.12345678 USD by 0x\w{40}, 600 s old at block 21000000/);
    const plain = await call('portfolio', { address: alice, chains: ['ethereum'] });
    expect(plain.output).not.toHaveProperty('totalUsd');
    expect(plain.output).not.toHaveProperty('notValued');
  });
});

describe('holders of a token', () => {
  test('are whole where their balances are the supply', async () => {
    expect((await call('holders', { token: shares, days: 1 })).output).toMatchObject({
      holders: [
        { address: alice, balance: { formatted: '75', symbol: 'SHR' }, share: '75%' },
        { address: bob, share: '20%' },
        { address: carol, share: '5%' },
      ],
      count: 3,
      topTenShare: '100%',
      partial: null,
    });
  });

  test('are partial where some of the supply is not found', async () => {
    const { output } = await call('holders', { token: shares, fromBlock: Number(scriptedBlock.number) - 5 });
    expect(output).toMatchObject({ holders: [], partial: expect.stringContaining('They hold 0% of the supply') });
  });
});

describe('an NFT', () => {
  test('has an owner and metadata of strangers', async () => {
    const { output, textForModel } = await call('nft', { contract: art, tokenId: 1 });
    expect(output).toMatchObject({
      standard: 'ERC-721',
      owner: bob,
      metadataUrl: 'data:…',
      metadata: { name: 'Piece one', image: 'ipfs://pic', traits: [{ trait: 'Hat', value: 'Red' }] },
    });
    expect(textForModel).toMatch(/^\[untrusted data/);
    expect((await call('nft', { contract: art, tokenId: 9 })).output).toMatchObject({ issues: [{ path: 'tokenId' }] });
  });

  test('of an edition is read from IPFS, and held in a number', async () => {
    expect((await call('nft', { contract: editions, tokenId: '5', holder: alice })).output).toMatchObject({
      standard: 'ERC-1155',
      holder: { balance: '3', tokenIds: ['5'] },
      metadata: { name: 'Edition five' },
    });
    expect((await call('nft', { contract: editions, tokenId: '6' })).output).toMatchObject({
      metadata: null,
      metadataFailure: expect.stringContaining('status 404'),
    });
  });

  test('are listed by who holds them', async () => {
    expect((await call('nft', { contract: art, holder: alice })).output).toMatchObject({
      holder: { balance: '2', tokenIds: ['1', '2'] },
      partial: null,
    });
    expect((await call('nft', { contract: usdc })).output).toMatchObject({ issues: [{ path: 'contract' }] });
  });
});

describe('trying and proposing a transaction', () => {
  const coin = (from: string, to: string, amount: bigint) =>
    toTransfer('0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', from, to, amount);
  const simulated = (calls: object) => [
    { calls: [{ returnData: '0x', gasUsed: '0xc350', status: '0x1', logs: [], ...calls }] },
  ];

  test('a call tells whose balances change', async () => {
    const returnData = encodeFunctionResult({
      abi: parseAbi(['function swap(uint256) returns (uint256 got)']),
      result: 5n,
    });
    const asked: unknown[] = [];
    chain.rpc.state.others['eth_simulateV1'] = (plan: unknown) => {
      asked.push(plan);
      return simulated({
        returnData,
        logs: [coin(alice, vault, 10n ** 17n), toTransfer(usdc, vault, alice, 250_000n)],
      });
    };
    const { output } = await call('simulate', {
      from: alice,
      to: vault,
      value: '0.1',
      function: 'swap(uint256 least) returns (uint256 got)',
      arguments: ['5'],
      overrides: [{ address: alice, balance: '5000000000000000000' }],
    });
    expect(output).toMatchObject({
      succeeds: true,
      gas: '50000',
      call: { name: 'swap' },
      results: [{ name: 'got', value: '5' }],
      changes: expect.arrayContaining([
        expect.objectContaining({
          address: alice,
          token: 'native',
          net: expect.objectContaining({ formatted: '-0.1' }),
        }),
        expect.objectContaining({ address: alice, token: usdc, net: expect.objectContaining({ formatted: '0.25' }) }),
      ]),
      partial: null,
    });
    expect(asked).toMatchObject([
      { blockStateCalls: [{ stateOverrides: { [alice]: { balance: '0x4563918244f40000' } } }] },
    ]);
  });

  test('a call that fails says why, and one without simulation what is not known', async () => {
    let data = encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['too late'] });
    chain.rpc.state.others['eth_simulateV1'] = () => simulated({ status: '0x0', error: { message: 'reverted', data } });
    expect((await call('simulate', { from: alice, to: vault, data: '0x12345678' })).output).toMatchObject({
      succeeds: false,
      reason: 'too late',
      changes: [],
    });
    data = encodeErrorResult({
      abi: parseAbi(['error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)']),
      args: [alice, 5n, 7n],
    });
    expect((await call('simulate', { from: alice, to: vault, data: '0x12345678' })).output).toMatchObject({
      reason: `ERC20InsufficientBalance(${alice}, 5, 7)`,
    });
    delete chain.rpc.state.others['eth_simulateV1'];
    expect((await call('simulate', { from: alice, to: vault, function: 'owner' })).output).toMatchObject({
      succeeds: true,
      results: [{ value: bob }],
      partial: expect.stringContaining('eth_simulateV1'),
    });
  });

  test('a transfer of a token is unsigned, decoded, tried and linked', async () => {
    chain.rpc.state.others['eth_simulateV1'] = () =>
      simulated({
        returnData: encodeAbiParameters([{ type: 'bool' }], [true]),
        logs: [toTransfer(usdc, alice, bob, 1_500_000n)],
      });
    const { output } = await call('propose', { from: alice, to: bob, token: 'USDC', amount: 1.5 });
    expect(output).toMatchObject({
      transaction: {
        chainId: 1,
        from: alice,
        to: usdc,
        value: '0x0',
        data: expect.stringMatching(/^0xa9059cbb/),
        gas: '0xea60',
      },
      walletLink: `ethereum:${usdc}@1/transfer?address=${bob}&uint256=1500000`,
      fee: { formatted: '0.00012', symbol: 'ETH' },
      simulation: {
        succeeds: true,
        call: { name: 'transfer', arguments: [{ value: bob }, { value: '1.5 USDC (1500000 in smallest units)' }] },
      },
      warnings: [],
    });
    expect(JSON.stringify(output)).not.toMatch(/signature|privateKey/);
  });

  test('a transfer of coins that the sender does not have is warned of', async () => {
    chain.rpc.state.others['eth_simulateV1'] = () =>
      simulated({ status: '0x0', error: { message: 'insufficient funds' } });
    const { output } = await call('propose', { from: alice, to: bob, amount: '2' });
    expect(output).toMatchObject({
      walletLink: `ethereum:${bob}@1?value=2000000000000000000`,
      warnings: [expect.stringContaining('would fail now'), expect.stringContaining('too little ETH')],
    });
    expect((await call('propose', { from: alice, to: bob, token: 'USDC', amount: '0.0000001' })).output).toMatchObject({
      issues: [{ path: 'amount' }],
    });
  });
});
