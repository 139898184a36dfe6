import { type AbiEvent, encodeAbiParameters, keccak256, parseAbi, toEventSelector, toHex } from 'viem';
import { expect, test } from 'vitest';
import { openContractEvents } from '#server/onchain/chain-index/contract-events.ts';
import type { IndexRow } from '#server/onchain/chain-index/decode-logs.ts';
import { alice, bob, usdc } from '#test/support/scripted-tokens.ts';

const readable = parseAbi([
  'struct Order { address maker; uint256[] amounts; bool isSell; }',
  'event Filled(string indexed market, Order order, address[] takers, int256 delta, uint8 kind)',
  'event Filled(bytes32 indexed id)',
]);
const [filled, filledAgain] = readable as unknown as [AbiEvent, AbiEvent];
const hidden = { type: 'event', name: 'Hidden', anonymous: true, inputs: [{ name: 'x', type: 'uint256' }] };
const abi = [...readable, hidden];
const word = (text: string) => `0x${text.padStart(64, '0')}` as const;

test("a contract's events are rows: tuples and lists as JSON, indexed texts as hashes, overloads beside each other", () => {
  const { tables, decode, places } = openContractEvents([
    { address: usdc, name: 'shop', abi: JSON.stringify(abi), withAnonymous: true },
  ]);
  expect(Object.keys(tables)).toEqual(['shop_filled', 'shop_filled_1', 'shop_hidden']);
  expect(places).toHaveLength(2);
  const rows: [string, IndexRow][] = [];
  const read = (topics: string[], data: string) =>
    decode?.(
      {
        address: usdc,
        topics,
        data,
        blockNumber: '0x1',
        blockHash: word('1'),
        transactionHash: word('2'),
        transactionIndex: '0x0',
        logIndex: '0x0',
      },
      [],
      (table, row) => rows.push([table, row]),
    );
  const market = keccak256(toHex('ETH/USD'));
  const huge = 2n ** 255n - 1n;
  const data = encodeAbiParameters(filled.inputs.slice(1), [
    { maker: alice, amounts: [huge, 1n], isSell: true },
    [alice, bob],
    -huge,
    7,
  ]);
  read([toEventSelector(filled), market], data);
  read([toEventSelector(filledAgain), word('ab')], '0x');
  // An ABI that does not fit leaves the log where it is: among the raw ones.
  read([toEventSelector(filled), market], '0x1234');
  // An anonymous event has no topic of its own; a longer list is cut, and JSON all the same.
  read([], word('2a'));
  const many = Array.from({ length: 400 }, () => bob);
  read(
    [toEventSelector(filled), market],
    encodeAbiParameters(filled.inputs.slice(1), [{ maker: alice, amounts: [], isSell: true }, many, 0n, 7]),
  );
  const cut = String(rows.pop()?.[1][2]);
  expect(cut.length).toBeLessThanOrEqual(10_000);
  expect(JSON.parse(cut)).toEqual([...Array.from({ length: 221 }, () => bob.toLowerCase()), '… 179 more']);
  expect(rows.pop()).toEqual(['shop_hidden', [42n, null]]);
  const [maker, taker] = [alice.toLowerCase(), bob.toLowerCase()];
  expect(rows).toEqual([
    [
      'shop_filled',
      [
        market,
        JSON.stringify({ maker, amounts: [huge.toString(), '1'], isSell: true }),
        JSON.stringify([maker, taker]),
        null,
        (-huge).toString(),
        7n,
      ],
    ],
    ['shop_filled_1', [word('ab')]],
  ]);
});
