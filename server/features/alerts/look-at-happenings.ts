import type { AlertFacts, WatchOf } from '#server/contract/alert.ts';
import type { Happening, HappeningWish } from '#server/contract/chain-happenings.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';

export type HappeningWatch = WatchOf<'event'> | WatchOf<'transfer'>;

export function toWish(watch: HappeningWatch): HappeningWish {
  if (watch.kind === 'transfer') {
    const { kind, address, direction, token, atLeast } = watch;
    return { kind, address, direction, token, atLeast };
  }
  const { kind, event, contract, abi, where, amount } = watch;
  return { kind, event, contract, abi, where, amount };
}

/** What names a happening: in another block it is another one, which a reorganisation brings. */
export const toHappeningKey = ({ block, transaction, logIndex, contract }: Happening) =>
  `${contract === null ? 'coin' : 'log'}:${block.chainId}:${transaction}:${logIndex ?? ''}:${block.hash}`;

/** What is told of something that happened. */
export function toHappeningFacts(watch: HappeningWatch, name: string, happening: Happening): AlertFacts {
  const { amount, block, arguments: given, contract } = happening;
  const shown = amount === null ? null : `${amount.formatted} ${amount.symbol}`;
  const fields = [
    ...(contract === null ? [] : [{ name: 'contract', value: contract }]),
    ...given.map((one) => ({ name: one.name, value: one.value.slice(0, 1000) })),
  ];
  return {
    summary: watch.kind === 'transfer' ? sayTransfer(happening, shown ?? '') : sayEvent(happening, name, shown),
    value: amount?.formatted ?? null,
    unit: amount?.symbol ?? null,
    previous: null,
    fields,
    block,
    transaction: happening.transaction,
    logIndex: happening.logIndex,
    explorerUrl: happening.explorerUrl,
    execution: null,
    warnings: [],
  };
}

const isNobody = (address: string) => /^0x0{40}$/.test(address);

function sayTransfer({ block, arguments: given }: Happening, amount: string) {
  const from = given.find(({ name }) => name === 'from')?.value ?? '';
  const to = given.find(({ name }) => name === 'to')?.value ?? '';
  const [onChain, inBlock] = [
    `on ${block.chain}, in block ${block.number}`,
    `${toChainName(block.chain, 'zh')} 区块 ${block.number}`,
  ];
  // Tokens that are made or destroyed have nobody on the other side.
  if (isNobody(from))
    return { en: `${amount} was minted to ${to} ${onChain}.`, zh: `${inBlock}：${amount} 被铸造给 ${to}。` };
  if (isNobody(to))
    return { en: `${amount} of ${from} was burned ${onChain}.`, zh: `${inBlock}：${from} 的 ${amount} 被销毁。` };
  return {
    en: `${amount} went from ${from} to ${to} ${onChain}.`,
    zh: `${inBlock}：${amount} 从 ${from} 转到 ${to}。`,
  };
}

function sayEvent({ block, contract }: Happening, name: string, amount: string | null) {
  const place = contract ?? '';
  const event = name.slice(0, 80);
  return {
    en: `${place} on ${block.chain} emitted ${event}${amount === null ? '' : ` with ${amount}`}, in block ${block.number}.`,
    zh: `${toChainName(block.chain, 'zh')} 区块 ${block.number}：${place} 发出 ${event}${amount === null ? '' : `，数额 ${amount}`}。`,
  };
}
