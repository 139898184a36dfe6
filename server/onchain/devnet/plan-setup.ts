import { type Address, keccak256, namehash, parseEther, parseUnits, stringToHex, zeroHash } from 'viem';
import { accountIndex, devnetAccounts } from './devnet-accounts.ts';
import type { ContractPlan, PlannedCall } from './plan-contracts.ts';

export type PlannedBlock = { timestamp: number; calls: PlannedCall[] };

/** Whose names the devnet knows, under `.test`, which is nobody's (RFC 2606). */
export const namedAccounts = ['Ada', 'Ben', 'Chen', 'Fatima', 'Mei', 'Vera', 'Weather shop', 'Dollar treasury'];
export const toName = (label: string): string => `${label.toLowerCase().replaceAll(' ', '-')}.test`;

export const firstReserves = {
  'Garden pair': { token: parseEther('400000'), dollars: parseUnits('500000', 6) },
  'Lantern pair': { token: parseUnits('20000', 8), dollars: parseUnits('640000', 6) },
};
const forever = 4_102_444_800n;
const allOfIt = 2n ** 256n - 1n;

/** The blocks before the first day: contracts, pairs, money for everybody, leave to trade, names. */
export function planSetup(accounts: readonly Address[], plan: ContractPlan, start: number): PlannedBlock[] {
  const { deployments, at, call } = plan;
  const account = (label: string): Address => accounts[accountIndex(label)] ?? at(label);
  const deployer = account('Devnet deployer');
  const issuer = account('Fake token issuer');
  const maker = account('Market maker');
  const byDeployer = (planned: Pick<PlannedCall, 'to' | 'data'>, gas = 200_000n): PlannedCall => ({
    ...planned,
    from: deployer,
    gas,
  });
  const byOthers = deployments.filter(({ from }) => from !== deployer);
  const tokens = ['Devnet Dollar', 'Garden', 'Lantern'] as const;

  const money = accounts.flatMap((to, index): PlannedCall[] => {
    if (devnetAccounts[index]?.kind === 'hostile') return [];
    const isRich = ['service', 'trader'].includes(devnetAccounts[index]?.kind ?? '');
    return [
      byDeployer(call('Devnet Dollar', 'mint', to, parseUnits(isRich ? '2000000' : '12000', 6)), 120_000n),
      byDeployer(call('Garden', 'mint', to, parseEther(isRich ? '1000000' : '5000')), 120_000n),
      byDeployer(call('Lantern', 'mint', to, parseUnits(isRich ? '50000' : '300', 8)), 120_000n),
    ];
  });
  const leave = accounts.flatMap((from, index) =>
    devnetAccounts[index]?.kind === 'trader' || from === maker
      ? tokens.map((token) => ({ from, gas: 80_000n, ...call(token, 'approve', at('Exchange router'), allOfIt) }))
      : [],
  );
  const liquidity = (['Garden', 'Lantern'] as const).map((token): PlannedCall => {
    const { token: amount, dollars } = firstReserves[`${token} pair`];
    const parts = [at(token), at('Devnet Dollar'), amount, dollars, 0n, maker, forever];
    return { from: maker, gas: 500_000n, ...call('Exchange router', 'addLiquidity', ...parts) };
  });
  const registry = (functionName: string, ...args: unknown[]) => call('Name registry', functionName, ...args);
  const labelHash = (text: string) => keccak256(stringToHex(text));
  const roots = [
    byDeployer(registry('setSubnodeOwner', zeroHash, labelHash('test'), deployer)),
    byDeployer(registry('setSubnodeOwner', zeroHash, labelHash('reverse'), deployer)),
    byDeployer(registry('setSubnodeOwner', namehash('reverse'), labelHash('addr'), at('Reverse registrar'))),
  ];
  const names = namedAccounts.flatMap((label): PlannedCall[] => {
    const from = account(label);
    const name = toName(label);
    const [first = ''] = name.split('.');
    const reverse = namehash(`${from.slice(2).toLowerCase()}.addr.reverse`);
    const record = [namehash('test'), labelHash(first), from, at('Name resolver'), 0n];
    return [
      byDeployer(registry('setSubnodeRecord', ...record)),
      { from, gas: 150_000n, ...call('Name resolver', 'setAddr', namehash(name), from) },
      {
        from,
        gas: 200_000n,
        ...call('Name resolver', 'setText', namehash(name), 'description', `${label} of the devnet`),
      },
      { from, gas: 200_000n, ...call('Reverse registrar', 'claim') },
      { from, gas: 150_000n, ...call('Name resolver', 'setName', reverse, name) },
    ];
  });
  const fakes = [
    call('Fake dollar', 'mint', issuer, parseUnits('1000000000', 6)),
    call('Hidden letters', 'mint', issuer, parseEther('1000000000')),
    call('Too many decimals', 'mint', issuer, 3n * 10n ** 76n),
  ].map((planned): PlannedCall => ({ ...planned, from: issuer, gas: 120_000n }));

  const blocks = [
    deployments.filter(({ from }) => from === deployer),
    (['Garden', 'Lantern'] as const).map((token) =>
      byDeployer(call('Exchange factory', 'createPair', at(token), at('Devnet Dollar')), 3_000_000n),
    ),
    byOthers,
    money,
    leave,
    liquidity,
    roots,
    names,
    fakes,
  ];
  return blocks.map((calls, index) => ({ timestamp: start + 12 * (index + 1), calls }));
}
