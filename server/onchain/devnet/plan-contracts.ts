import { type Address, encodeDeployData, encodeFunctionData, getContractAddress, type Hex } from 'viem';
import { multicall3Address } from '#server/onchain/bundle-calls.ts';
import { universalResolverAddress } from '#server/onchain/chain-names.ts';
import { accountIndex } from './devnet-accounts.ts';
import type { CompiledContract } from './compiled-contract.ts';

/** A transaction of the simulated days. `gas` is what it may use; it is not asked for, so that nothing waits. */
export type PlannedCall = { from: Address; to?: Address; data?: Hex; value?: bigint; gas: bigint };

/** A contract that the seed sets up. */
export type PlannedContract = { label: string; contract: string; address: Address; isHostile: boolean };

export type ContractPlan = {
  deployments: PlannedCall[];
  /** What stands there before the first block, at the address that it has on other chains. */
  laid: { address: Address; code: Hex }[];
  contracts: PlannedContract[];
  at: (label: string) => Address;
  call: (label: string, functionName: string, ...args: unknown[]) => { to: Address; data: Hex };
};

const deploymentGas = 4_000_000n;

/** What is set up first, and where it will stand: a contract's address follows from who makes it and when. */
export function planContracts(
  accounts: readonly Address[],
  compiled: ReadonlyMap<string, CompiledContract>,
): ContractPlan {
  const contracts: PlannedContract[] = [];
  const deployments: PlannedCall[] = [];
  const laid: ContractPlan['laid'] = [];
  const nonces = new Map<Address, bigint>();

  const account = (label: string): Address => {
    const address = accounts[accountIndex(label)];
    if (address === undefined) throw new Error(`Anvil has no account for ${label}.`);
    return address;
  };
  const find = (name: string): CompiledContract => {
    const found = compiled.get(name);
    if (found === undefined) throw new Error(`The contract ${name} was not compiled.`);
    return found;
  };
  const at = (label: string): Address => {
    const found = contracts.find((contract) => contract.label === label);
    if (found === undefined) throw new Error(`The devnet has no contract ${label}.`);
    return found.address;
  };
  const note = (maker: Address, label: string, contract: string, isHostile: boolean) => {
    const nonce = nonces.get(maker) ?? 0n;
    nonces.set(maker, nonce + 1n);
    contracts.push({ label, contract, address: getContractAddress({ from: maker, nonce }), isHostile });
  };
  const deploy = (label: string, contract: string, args: unknown[] = [], maker = 'Devnet deployer') => {
    const from = account(maker);
    const { abi, bytecode } = find(contract);
    note(from, label, contract, maker === 'Fake token issuer');
    deployments.push({ from, data: encodeDeployData({ abi, bytecode, args }), gas: deploymentGas });
  };
  const lay = (label: string, contract: string, address: Address) => {
    contracts.push({ label, contract, address, isHostile: false });
    laid.push({ address, code: find(contract).runtimeCode });
  };
  const call: ContractPlan['call'] = (label, functionName, ...args) => {
    const { contract, address } = contracts.find((one) => one.label === label) ?? {
      contract: label,
      address: at(label),
    };
    return { to: address, data: encodeFunctionData({ abi: find(contract).abi, functionName, args }) };
  };

  deploy('Devnet Dollar', 'StableCoin', ['Devnet Dollar', 'DUSD']);
  deploy('Garden', 'Token', ['Garden', 'GRDN', 18]);
  deploy('Lantern', 'Token', ['Lantern', 'LNTN', 8]);
  deploy('Exchange factory', 'ExchangeFactory');
  deploy('Exchange router', 'ExchangeRouter', [at('Exchange factory')]);
  deploy('Price of Garden', 'PriceFeed', ['GRDN / USD', account('Price reporter')]);
  deploy('Price of Lantern', 'PriceFeed', ['LNTN / USD', account('Price reporter')]);
  deploy('Name registry', 'NameRegistry');
  deploy('Name resolver', 'NameResolver', [at('Name registry')]);
  deploy('Reverse registrar', 'ReverseRegistrar', [at('Name registry'), at('Name resolver')]);
  deploy('Devnet Tiles', 'Collectible');
  // A contract's own first nonce is 1 (EIP-161); the pairs are the factory's first two contracts.
  nonces.set(at('Exchange factory'), 1n);
  note(at('Exchange factory'), 'Garden pair', 'ExchangePair', false);
  note(at('Exchange factory'), 'Lantern pair', 'ExchangePair', false);
  deploy('Weak vault', 'WeakVault', [at('Garden'), at('Garden pair')]);
  const issuer = 'Fake token issuer';
  deploy('Fake dollar', 'Token', ['Devnet Dollar', 'DUSD', 6], issuer);
  deploy('Hidden letters', 'Token', ['Dev\u200Bnet\u202E ralloD', 'DU\u200BSD', 18], issuer);
  deploy('Too many decimals', 'Token', ['Wide', 'WIDE', 77], issuer);
  lay('Multicall3', 'Multicall3', multicall3Address);
  lay('Universal resolver', 'UniversalResolver', universalResolverAddress);
  return { deployments, laid, contracts, at, call };
}
