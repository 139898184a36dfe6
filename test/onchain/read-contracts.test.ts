import { encodeErrorResult, parseAbi } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carol, logic, type SampleChain, shares, startSampleChain, vault } from '#test/support/sample-chain.ts';
import { scriptedBlock } from '#test/support/scripted-rpc.ts';
import { alice, bob } from '#test/support/scripted-tokens.ts';

let chain: SampleChain;
const call: SampleChain['call'] = (name, input) => chain.call(name, input);

beforeAll(async () => {
  chain = await startSampleChain();
});
afterAll(() => chain.close());

describe('a question to a contract', () => {
  test('is answered by a signature, with whole numbers and plain text', async () => {
    const signature =
      'positionOf(address who) view returns (uint256 units, string label, (address peer, uint8 weight)[] peers)';
    const { output, sources } = await call('contract', {
      contract: vault,
      function: signature,
      arguments: [alice.toLowerCase()],
    });
    expect(output).toMatchObject({
      function: 'positionOf(address)',
      abiFrom: 'signature',
      arguments: [{ name: 'who', type: 'address', value: alice }],
      results: [
        { name: 'units', type: 'uint256', value: '7' },
        { name: 'label', type: 'string', value: 'text' },
        { name: 'peers', type: 'tuple[]', value: `[{"peer":"${bob}","weight":3}]` },
      ],
      block: { number: '21000000' },
    });
    expect(sources[0]?.excerpt).toContain('at block 21000000');
  });

  test.each([
    [
      'a verified source behind a proxy',
      { contract: vault, function: 'positionOf', arguments: [alice] },
      'verified source',
    ],
    ['an explorer’s source', { contract: shares, function: 'decimals' }, 'verified source'],
    ['well-known signatures', { contract: vault, function: 'owner' }, 'well-known signatures'],
    [
      'pasted JSON',
      {
        contract: vault,
        function: 'owner',
        abi: JSON.stringify(parseAbi(['function owner() view returns (address)'])),
      },
      'pasted',
    ],
    [
      'pasted lines',
      { contract: vault, function: 'owner()', abi: 'function owner() view returns (address)' },
      'pasted',
    ],
  ])('finds its ABI in %s', async (_, input, from) => {
    expect((await call('contract', input)).output).toMatchObject({ abiFrom: from });
  });

  test.each<[string, object, string, RegExp]>([
    ['an unknown function', { contract: vault, function: 'nothing' }, 'function', /Give it whole/],
    ['an ABI that is none', { contract: vault, function: 'owner', abi: '[{"type":3}]' }, 'abi', /no ABI/],
    [
      'an ABI that does not fit',
      { contract: vault, function: 'owner() returns (string)' },
      'function',
      /does not fit owner\(\): the ABI is of another contract/,
    ],
    [
      'a number that its type cannot hold',
      { contract: vault, function: 'owner() returns (uint8)' },
      'function',
      /does not fit owner\(\): the ABI is of another contract/,
    ],
    ['an address without a contract', { contract: carol, function: 'owner' }, 'function', /there is no contract/],
    [
      'a refusal',
      { contract: vault, function: 'positionOf', arguments: [bob] },
      'function',
      /refused the call: it gave no reason/,
    ],
    ['too few arguments', { contract: vault, function: 'positionOf' }, 'arguments', /takes 1 argument/],
    [
      'an argument of another type',
      { contract: vault, function: 'ownerOf(uint256) returns (address)', arguments: ['1.5'] },
      'arguments.0',
      /smallest units/,
    ],
  ])('%s is refused in words', async (_, input, path, message) => {
    expect((await call('contract', input)).output).toMatchObject({
      code: 'validation_failed',
      error: expect.stringMatching(message),
      issues: [{ path }],
    });
  });

  test('the reason of a refusal is told', async () => {
    const data = encodeErrorResult({ abi: parseAbi(['error Error(string)']), args: ['paused for now'] });
    chain.rpc.state.errors['eth_call'] = { code: 3, message: 'execution reverted', data };
    const { output } = await call('contract', {
      contract: logic,
      function: 'owner',
      block: Number(scriptedBlock.number) - 1,
    });
    delete chain.rpc.state.errors['eth_call'];
    expect(output).toMatchObject({ error: expect.stringContaining('paused for now') });
  });
});

describe('logs and transactions by a verified source', () => {
  test('decode an event by name, and search by what is indexed', async () => {
    const { output } = await call('logs', { event: 'Deposited', contract: vault, where: { who: alice } });
    expect(output).toMatchObject({
      event: 'Deposited(address,uint256)',
      count: 1,
      logs: [
        {
          contract: vault,
          arguments: { who: alice, amount: '42' },
          block: String(scriptedBlock.number - 10n),
          blockHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
          time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/),
        },
      ],
      partial: null,
    });
    expect((await call('logs', { event: 'Deposited', contract: vault, where: { who: bob } })).output).toMatchObject({
      count: 0,
    });
    expect((await call('logs', { event: 'Deposited', contract: vault, where: { amount: '42' } })).output).toMatchObject(
      {
        error: expect.stringContaining('Only indexed arguments can be searched by: who'),
      },
    );
  });

  test('take a bare signature, and refuse what is no event', async () => {
    expect((await call('logs', { event: 'Deposited(address,uint256)' })).output).toMatchObject({
      logs: [{ arguments: { 'argument 1': alice, 'argument 2': '42' } }],
    });
    expect((await call('logs', { event: 'no event' })).output).toMatchObject({ issues: [{ path: 'event' }] });
  });

  test('explain a call and an event that are of no known kind', async () => {
    const { output } = await call('transaction', { hash: `0x${'d'.repeat(64)}` });
    expect(output).toMatchObject({
      call: { name: 'deposit', arguments: [{ name: 'amount' }] },
      events: [{ name: 'Deposited', arguments: [{ name: 'who', value: alice }, { name: 'amount' }] }],
      warnings: [],
    });
  });
});

describe('an ENS name', () => {
  test('is looked up both ways, and a claim that does not lead back is not believed', async () => {
    expect((await call('name', { address: 'Vault.ETH' })).output).toMatchObject({
      name: 'vault.eth',
      address: alice,
      isVerified: true,
      warnings: [expect.stringContaining('normalised')],
    });
    expect((await call('name', { address: alice })).output).toMatchObject({ name: 'vault.eth', isVerified: true });
    expect((await call('name', { address: bob })).output).toMatchObject({
      name: null,
      isVerified: false,
      warnings: [expect.stringContaining('does not lead back')],
    });
    expect((await call('name', { address: carol })).output).toMatchObject({ name: null, isVerified: false });
  });

  test('that is unknown or none is told apart', async () => {
    expect((await call('name', { address: 'nobody.eth' })).output).toMatchObject({ code: 'not_found' });
    expect((await call('name', { address: 'a..eth' })).output).toMatchObject({ code: 'validation_failed' });
  });
});

describe('gas, blocks and storage', () => {
  test('gas now and before, exact', async () => {
    expect((await call('gas', { blocks: 2 })).output).toMatchObject({
      baseFee: { formatted: '2', symbol: 'gwei' },
      priorityFee: { usual: { raw: '2', formatted: '0.000000002' } },
      gasPrice: { formatted: '2' },
      costs: [{ gas: '21000', cost: { formatted: '0.000042', symbol: 'ETH' } }, {}, {}],
      history: [{ block: '20999999', baseFee: { formatted: '1' }, usedShare: '25%' }, { usedShare: '50%' }],
      lowest: { formatted: '1' },
      highest: { formatted: '1.5' },
    });
  });

  test('a block by number, and none that is not there', async () => {
    expect((await call('block', { block: 20_999_900 })).output).toMatchObject({
      block: { number: '20999900' },
      transactions: 0,
      isFinal: true,
    });
    expect((await call('block', {})).output).toMatchObject({ block: { hash: scriptedBlock.hash }, isFinal: false });
    expect((await call('block', { block: 'soon' })).output).toMatchObject({ issues: [{ path: 'block' }] });
  });

  test('state that no RPC keeps any more is told, with what to do', async () => {
    chain.rpc.state.errors['eth_getStorageAt'] = { code: -32_000, message: 'missing trie node 0xab' };
    const { output } = await call('storage', { contract: vault, slot: 77, block: 1 });
    delete chain.rpc.state.errors['eth_getStorageAt'];
    expect(output).toMatchObject({ code: 'unavailable', error: expect.stringContaining('archive node') });
  });

  test('a slot as what it may mean', async () => {
    expect((await call('storage', { contract: vault, slot: 3 })).output).toMatchObject({
      asAddress: bob,
      asText: null,
    });
    expect((await call('storage', { contract: vault, slot: '0x4' })).output).toMatchObject({ asText: 'Vault' });
    expect((await call('storage', { contract: vault, slot: 'implementation' })).output).toMatchObject({
      asAddress: logic,
    });
    expect((await call('storage', { contract: vault, slot: 'first' })).output).toMatchObject({
      issues: [{ path: 'slot' }],
    });
  });
});
