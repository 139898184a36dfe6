import { getAddress, zeroAddress } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logic, type SampleChain, shares, startSampleChain, v2Pool, vault } from '#test/support/sample-chain.ts';
import { scriptedBlock } from '#test/support/scripted-rpc.ts';
import { alice, bob, fakeUsdc, toLog, toTransfer, usdc } from '#test/support/scripted-tokens.ts';

const block = scriptedBlock.number - 30n;
/** Begins and ends as bob does. */
const imitation = getAddress(`0x1111${'2'.repeat(32)}1111`);
const planted = getAddress(`0x${'ce'.repeat(20)}`);

let chain: SampleChain;
const propose = async (input: object) => {
  const { output, artifacts } = await chain.call('propose', { from: alice, ...input });
  return { output: output as { warnings: string[]; error?: string }, artifacts };
};

beforeAll(async () => {
  chain = await startSampleChain();
  chain.rpc.state.logs.push(
    { ...toTransfer(usdc, alice, bob, 5_000_000n), block },
    { ...toTransfer(usdc, alice, planted, 0n), block },
    {
      ...toLog(
        v2Pool,
        'Swap(address,uint256,uint256,uint256,uint256,address)',
        [alice, bob],
        [0n, 2n * 10n ** 18n, 5n * 10n ** 21n, 0n],
      ),
      block,
    },
    { ...toLog(usdc, 'Approval(address,address,uint256)', [alice, bob], [7_250_000n]), block },
  );
});
afterAll(() => chain.close());

describe('a proposed transaction', () => {
  test('approves, and takes back, by its own data; without a limit it is warned of', async () => {
    const some = await propose({ to: vault, token: 'USDC', amount: '2.5', action: 'approve' });
    expect(some).toMatchObject({
      output: {
        transaction: { to: usdc, data: expect.stringMatching(/^0x095ea7b3/) },
        effect: { kind: 'approve', amount: { formatted: '2.5' }, isUnlimited: false, counterparty: vault },
        network: { slug: 'ethereum', isTestnet: false, rpcUrls: [] },
        simulatedAt: expect.stringMatching(/Z$/),
      },
      artifacts: [{ kind: 'transaction', title: `Let ${vault} spend up to 2.5 USDC` }],
    });
    expect((await propose({ to: bob, token: 'USDC', amount: 'unlimited', action: 'approve' })).output).toMatchObject({
      effect: { kind: 'approve', amount: null, isUnlimited: true },
      warnings: expect.arrayContaining([
        `Unlimited approval: ${bob} may spend all USDC of ${alice}, now and later, until it is revoked.`,
        expect.stringContaining('is an account and no contract'),
      ]),
    });
    expect((await propose({ to: bob, token: 'USDC', amount: 0, action: 'revoke' })).output).toMatchObject({
      effect: { kind: 'revoke', counterparty: bob, token: { symbol: 'USDC', isWellKnown: true } },
    });
    expect((await propose({ to: bob, token: 'ETH', amount: 1, action: 'approve' })).output.error).toContain('own coin');
    expect((await propose({ to: bob, amount: 1, action: 'approve' })).output.error).toContain('which token');
  });

  test('says the same of bytes alone, so that it can be tried again', async () => {
    const first = (await propose({ to: bob, token: 'USDC', amount: '2.5' })).output;
    const { transaction } = first as unknown as { transaction: { to: string; data: string } };
    const again = (await propose({ to: transaction.to, amount: '0', data: transaction.data })).output;
    expect({ ...again, simulatedAt: '' }).toEqual({ ...first, simulatedAt: '' });
  });

  test.each<[string, object, RegExp]>([
    ['an address that looks like one of before', { to: imitation, amount: '1' }, /looks like 0x1{40}, with which/],
    ['an address that was planted in the history', { to: planted, amount: '1' }, /only by transfers of nothing/],
    [
      'a token that calls itself like a known one',
      { to: bob, token: fakeUsdc, amount: '1' },
      /calls itself USDC but is not/,
    ],
    ['a token’s own contract as receiver', { to: usdc, token: usdc, amount: '1' }, /is the contract of USDC itself/],
    ['a receiver that is a contract', { to: vault, token: 'USDC', amount: '1' }, /The receiver is a contract/],
    ['the zero address', { to: zeroAddress, amount: '1' }, /is the zero address/],
    ['oneself', { to: alice, amount: '1' }, /the same address/],
    ['a call of a proxy', { to: vault, amount: '0', data: '0x12345678' }, new RegExp(`is a proxy .* code of ${logic}`)],
    ['a call where there is no contract', { to: bob, amount: '0', data: '0x12345678' }, /There is no contract at/],
  ])('warns of %s', async (_, input, words) => {
    expect((await propose(input)).output.warnings).toContainEqual(expect.stringMatching(words));
  });

  test('warns of a receiver that nobody ever used, and says where the history was not read', async () => {
    chain.rpc.state.others['eth_getTransactionCount'] = () => '0x0';
    chain.rpc.state.errors['eth_getLogs'] = { code: -32_603, message: 'not today' };
    const { output } = await propose({ to: shares.replace('0x8888', '0x7888').toLowerCase(), amount: '1' });
    delete chain.rpc.state.errors['eth_getLogs'];
    expect(output.warnings).toEqual(
      expect.arrayContaining([
        expect.stringContaining('was never used on Ethereum'),
        expect.stringContaining('was not compared'),
      ]),
    );
  });
});

test('amounts in logs are told in whole tokens too, where the token is known', async () => {
  const read = async (event: string, contract: string) => {
    const { output } = await chain.call('logs', { event, contract, days: 1 });
    return (output as { logs: { arguments: object; amounts: object }[] }).logs;
  };
  expect(await read('Transfer', usdc)).toContainEqual(
    expect.objectContaining({
      arguments: { from: alice, to: bob, amount: '5000000' },
      amounts: { amount: '5 USDC' },
    }),
  );
  expect(await read('Approval(address indexed owner, address indexed spender, uint256 value)', usdc)).toMatchObject([
    { arguments: { value: '7250000' }, amounts: { value: '7.25 USDC' } },
  ]);
  expect(await read('Swap(address,uint256,uint256,uint256,uint256,address)', v2Pool)).toMatchObject([
    {
      amounts: {
        amount0In: '0 DAI',
        amount1In: '2 WETH',
        amount0Out: '5000 DAI',
        amount1Out: '0 WETH',
      },
    },
  ]);
  expect(await read('Deposited', vault)).toMatchObject([{ amounts: {} }]);
});
