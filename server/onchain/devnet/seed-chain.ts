import { type Address, getAddress, type Hex, numberToHex } from 'viem';
import type { DevnetAccount, DevnetContract } from '#server/contract/devnet.ts';
import type { CompiledContract } from './compiled-contract.ts';
import { devnetAccounts } from './devnet-accounts.ts';
import { genesisSeconds } from './devnet-chain.ts';
import type { DevnetRpc } from './devnet-rpc.ts';
import { planContracts } from './plan-contracts.ts';
import { planDays } from './plan-days.ts';
import { planPayments } from './plan-payments.ts';
import { planSetup } from './plan-setup.ts';

export type SeedResult = {
  blockNumber: number;
  blockHash: string;
  accounts: DevnetAccount[];
  contracts: DevnetContract[];
};

const feePerGas = 100_000_000_000n;
const priorityFee = 2_000_000_000n;

/**
 * Makes the simulated days on an Anvil that was just started without mining: the same blocks every time.
 *
 * @throws {Error} when not every transaction came into the block that it was meant for
 */
export async function seedChain({
  rpc,
  compiled,
  onProgress,
  signal,
}: {
  rpc: DevnetRpc;
  compiled: ReadonlyMap<string, CompiledContract>;
  onProgress: (done: number) => void;
  signal: AbortSignal;
}): Promise<SeedResult> {
  const accounts = await rpc.call<Address[]>('eth_accounts', [], signal);
  const plan = planContracts(accounts, compiled);
  const days = [...planSetup(accounts, plan, genesisSeconds), ...planDays(accounts, plan, genesisSeconds)];
  const blocks = await planPayments({ accounts, plan, blocks: days });
  await rpc.callAll(
    plan.laid.map(({ address, code }) => ({ method: 'anvil_setCode', params: [address, code] })),
    signal,
  );
  const nonces = new Map<Address, number>();
  for (const [index, { timestamp, calls }] of blocks.entries()) {
    const transactions = calls.map(({ from, to, data, value = 0n, gas }, place) => {
      const nonce = nonces.get(from) ?? 0;
      nonces.set(from, nonce + 1);
      return {
        from,
        ...(to !== undefined && { to }),
        ...(data !== undefined && { data }),
        value: numberToHex(value),
        gas: numberToHex(gas),
        nonce: numberToHex(nonce),
        maxFeePerGas: numberToHex(feePerGas),
        // Anvil puts the dearer first, so that the order is the plan's.
        maxPriorityFeePerGas: numberToHex(priorityFee - BigInt(place)),
      };
    });
    await rpc.callAll(
      transactions.map((transaction) => ({ method: 'eth_sendTransaction', params: [transaction] })),
      signal,
    );
    await rpc.call('evm_mine', [{ timestamp, blocks: 1 }], signal);
    onProgress((index + 1) / blocks.length);
  }
  const last = await rpc.call<{ number: Hex; hash: Hex }>('eth_getBlockByNumber', ['latest', false], signal);
  const waiting = await rpc.call<{ pending: Hex; queued: Hex }>('txpool_status', [], signal);
  if (Number(last.number) !== blocks.length || Number(waiting.pending) + Number(waiting.queued) > 0)
    throw new Error('The devnet did not take every transaction of its simulated days.');
  return {
    blockNumber: Number(last.number),
    blockHash: last.hash,
    accounts: accounts.flatMap((address, index) => {
      const known = devnetAccounts[index];
      return known === undefined ? [] : [{ address: getAddress(address), ...known }];
    }),
    contracts: plan.contracts,
  };
}
