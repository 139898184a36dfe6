import { type Address, getAddress, isAddressEqual, numberToHex, padHex, toEventSelector, zeroAddress } from 'viem';
import type { ProposedEffect } from '#server/contract/transaction-proposal.ts';
import type { ChainContext } from './chain-context.ts';
import { isChainFailure } from './chain-errors.ts';
import { toSlotAddress } from './contract-powers.ts';
import { findProxy } from './find-proxy.ts';
import { findLookAlikes } from './find-warnings.ts';
import type { PreparedCall } from './prepare-call.ts';
import { readLogs } from './read-logs.ts';

const transfer = toEventSelector('Transfer(address,address,uint256)');
const blocksBack = 5_000n;
const historyLimitMs = 6_000;

type Proposed = { call: PreparedCall; effect: ProposedEffect; block: bigint };

/** What a careful person would look at before they sign: what is called, who gets something, and whether they mean another. */
export async function warnOfProposal(context: ChainContext, proposed: Proposed): Promise<string[]> {
  const warnings = await Promise.all([
    warnOfContract(context, proposed),
    warnOfCounterparty(context, proposed),
    warnOfHistory(context, proposed),
  ]);
  return [...warnOfUnlimited(proposed), ...warnings.flat()];
}

function warnOfUnlimited({ call, effect: { kind, isUnlimited, token, counterparty } }: Proposed): string[] {
  if (!isUnlimited || token === null) return [];
  return [
    kind === 'approve-all'
      ? `Approval for all: ${counterparty} may move every ${token.symbol} of ${call.from} until it is revoked.`
      : `Unlimited approval: ${counterparty} may spend all ${token.symbol} of ${call.from}, now and later, until it is revoked.`,
  ];
}

async function warnOfContract(context: ChainContext, { call, block }: Proposed): Promise<string[]> {
  if (call.data === '0x') return [];
  const { code, proxy } = await findProxy(context, call.to, block);
  if (code === '0x')
    return [
      `There is no contract at ${call.to} on ${context.chain.name}: the call does nothing, and coins sent with it stay there.`,
    ];
  if (proxy === null || proxy.kind === 'EIP-1167') return [];
  return [
    `${call.to} is a proxy (${proxy.kind}): it runs the code of ${proxy.implementation}, which its owner may exchange.`,
  ];
}

async function warnOfCounterparty(
  { client, chain }: ChainContext,
  { call, effect: { kind, token, counterparty }, block }: Proposed,
): Promise<string[]> {
  if (kind === 'call' || kind === 'revoke') return [];
  if (counterparty === zeroAddress) return ['The receiver is the zero address: what is sent there is lost.'];
  if (counterparty === call.from) return ['Sender and receiver are the same address.'];
  if (token !== null && counterparty === token.address)
    return [`The receiver is the contract of ${token.symbol} itself: tokens that are sent there are mostly lost.`];
  const place = { address: getAddress(counterparty), blockNumber: block };
  const [code, nonce, balance] = await Promise.all([
    client.request({ method: 'eth_getCode', params: [place.address, numberToHex(block)] }),
    client.getTransactionCount(place),
    client.getBalance(place),
  ]);
  if (kind === 'approve' || kind === 'approve-all')
    return code === '0x'
      ? [`${counterparty} is an account and no contract: whoever holds its key could take what is approved.`]
      : [];
  if (code !== '0x')
    return kind === 'send-token'
      ? ['The receiver is a contract: tokens that it does not know how to handle are lost.']
      : [];
  return nonce === 0 && balance === 0n
    ? [
        `${counterparty} was never used on ${chain.name}: it has no coins and sent nothing. Compare every character with where you have it from.`,
      ]
    : [];
}

/** Whom the sender's tokens came from and went to lately, and whether somebody imitates one of them. Never holds a proposal up. */
async function warnOfHistory(context: ChainContext, proposed: Proposed): Promise<string[]> {
  if (proposed.effect.kind === 'call' || proposed.effect.kind === 'revoke') return [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), historyLimitMs);
  });
  const reading = readCounterparties(context, proposed).catch((thrown: unknown) => {
    context.signal.throwIfAborted();
    if (isChainFailure(thrown)) return null;
    throw thrown;
  });
  const known = await Promise.race([reading, late]).finally(() => clearTimeout(timer));
  if (known === null)
    return ['The receiver was not compared with whom the sender dealt with before: the RPC did not tell in time.'];
  const receiver = getAddress(proposed.effect.counterparty);
  const imitated = findLookAlikes([...known.keys(), receiver]).flatMap(({ group }) =>
    group.includes(receiver) ? group.filter((one) => one !== receiver && known.get(one)?.isReal === true) : [],
  );
  return [
    ...imitated.map(
      (one) =>
        `${receiver} looks like ${one}, with which ${proposed.call.from} exchanged tokens before, but is another address. This is how addresses are poisoned: compare every character.`,
    ),
    ...(known.get(receiver)?.isReal === false
      ? [
          `${receiver} is in the history of ${proposed.call.from} only by transfers of nothing, which plant false addresses. Do not send anything there that you did not check.`,
        ]
      : []),
  ];
}

async function readCounterparties(
  context: ChainContext,
  { call, block }: Proposed,
): Promise<Map<Address, { isReal: boolean }>> {
  const topic = padHex(call.from, { size: 32 });
  const { logs } = await readLogs(context, {
    filters: [{ topics: [transfer, topic] }, { topics: [transfer, null, topic] }],
    from: block > blocksBack ? block - blocksBack : 0n,
    to: block,
  });
  const known = new Map<Address, { isReal: boolean }>();
  for (const { topics, data } of logs) {
    const isReal = topics.length === 4 || /[1-9a-f]/.test(data.slice(2));
    for (const one of [toSlotAddress(topics[1]), toSlotAddress(topics[2])]) {
      if (one === null || isAddressEqual(one, call.from)) continue;
      known.set(one, { isReal: isReal || known.get(one)?.isReal === true });
    }
  }
  return known;
}
