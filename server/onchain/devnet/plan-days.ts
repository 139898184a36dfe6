import { type Address, getAddress, parseEther, parseUnits } from 'viem';
import { accountIndex, devnetAccounts } from './devnet-accounts.ts';
import { simulatedDays } from './devnet-chain.ts';
import type { ContractPlan, PlannedCall } from './plan-contracts.ts';
import { firstReserves, type PlannedBlock } from './plan-setup.ts';
import { createSeededRandom } from './seeded-random.ts';

const daySeconds = 86_400;
const blocksADay = 4;
const allOfIt = 2n ** 256n - 1n;

/** What the accounts do in the simulated days: always the same. */
export function planDays(accounts: readonly Address[], { at, call }: ContractPlan, start: number): PlannedBlock[] {
  const random = createSeededRandom(20_260_801);
  const account = (label: string): Address => accounts[accountIndex(label)] ?? at(label);
  const ofKind = (kind: string) => accounts.filter((_, index) => devnetAccounts[index]?.kind === kind);
  const people = ofKind('person');
  const traders = ofKind('trader');
  const reserves = structuredClone(firstReserves);
  let tiles = 0;
  const tileOwners = new Map<number, Address>();

  const dollars = (least: number, most: number) => parseUnits(String(random.integer(least * 100, most * 100) / 100), 6);
  const other = (from: Address): Address => {
    const to = random.pick(people);
    return to === from ? account('Exchange hot wallet') : to;
  };
  const by = (from: Address, planned: Pick<PlannedCall, 'to' | 'data' | 'value'>, gas = 120_000n): PlannedCall => ({
    ...planned,
    from,
    gas,
  });
  const pay = (from: Address, to: Address, amount: bigint) => by(from, call('Devnet Dollar', 'transfer', to, amount));

  function swap(timestamp: number): PlannedCall {
    const pair = random.pick(['Garden pair', 'Lantern pair'] as const);
    const token = at(pair === 'Garden pair' ? 'Garden' : 'Lantern');
    const own = reserves[pair];
    const isBuying = random.happens(0.52);
    const [reserveIn, reserveOut] = isBuying ? [own.dollars, own.token] : [own.token, own.dollars];
    const amountIn = (reserveIn * BigInt(random.integer(1, 160))) / 10_000n;
    const charged = amountIn * 997n;
    const amountOut = (charged * reserveOut) / (reserveIn * 1000n + charged);
    own.dollars += isBuying ? amountIn : -amountOut;
    own.token += isBuying ? -amountOut : amountIn;
    const path = isBuying ? [at('Devnet Dollar'), token] : [token, at('Devnet Dollar')];
    const trader = random.pick(traders);
    const least = (amountOut * 995n) / 1000n;
    const parts = [amountIn, least, path, trader, BigInt(timestamp + 600)];
    return by(trader, call('Exchange router', 'swapExactTokensForTokens', ...parts), 300_000n);
  }

  function tile(): PlannedCall {
    const [id, owner] = random.pick([...tileOwners, [0, account('Vera')] as const]);
    if (id === 0 || random.happens(0.6)) {
      const to = random.pick(people);
      tiles += 1;
      tileOwners.set(tiles, to);
      return by(account('Devnet deployer'), call('Devnet Tiles', 'mint', to));
    }
    const to = other(owner);
    tileOwners.set(id, to);
    return by(owner, call('Devnet Tiles', 'transferFrom', owner, to, BigInt(id)), 150_000n);
  }

  function usual(timestamp: number): PlannedCall {
    const kind = random.integer(1, 100);
    const from = random.pick(people);
    if (kind <= 32) return pay(from, other(from), dollars(1, 60));
    if (kind <= 40) return pay(account('Exchange hot wallet'), from, dollars(50, 900));
    if (kind <= 46) return pay(from, account('Exchange hot wallet'), dollars(20, 200));
    if (kind <= 56)
      return by(from, { to: other(from), value: parseEther(String(random.integer(1, 300) / 100)) }, 21_000n);
    if (kind <= 62) return by(from, call('Garden', 'transfer', other(from), parseEther(String(random.integer(1, 40)))));
    if (kind <= 66)
      return by(from, call('Lantern', 'transfer', other(from), parseUnits(String(random.integer(1, 3)), 8)));
    if (kind <= 74) return tile();
    if (kind <= 76) return by(from, { ...call('Weak vault', 'depositCoins'), value: parseEther('1') }, 150_000n);
    return swap(timestamp);
  }

  const post = (pair: keyof typeof reserves, decimals: number): PlannedCall => {
    const { token, dollars: worth } = reserves[pair];
    const answer = (worth * 10n ** BigInt(decimals + 2)) / token;
    const feed = pair === 'Garden pair' ? 'Price of Garden' : 'Price of Lantern';
    return by(account('Price reporter'), call(feed, 'post', answer), 200_000n);
  };

  /** What happens on one day only, or on some weekdays. */
  function special(day: number, timestamp: number): PlannedCall[] {
    const issuer = account('Fake token issuer');
    const calls: PlannedCall[] = [];
    if (day % 14 === 13)
      calls.push(...people.slice(0, 10).map((to) => pay(account('Payroll'), to, parseUnits('3200', 6))));
    if (day % 7 === 0) {
      const amount = parseUnits('250000', 6);
      calls.push(by(account('Devnet deployer'), call('Devnet Dollar', 'mint', account('Dollar treasury'), amount)));
    }
    if (day % 7 === 4)
      calls.push(by(account('Dollar treasury'), call('Devnet Dollar', 'burn', parseUnits('90000', 6))));
    if (day % 10 === 6) {
      // Too late on purpose: a chain has failed transactions too.
      const parts = [parseUnits('10', 6), 0n, [at('Devnet Dollar'), at('Garden')], traders[0], BigInt(timestamp - 60)];
      calls.push(by(traders[0] ?? issuer, call('Exchange router', 'swapExactTokensForTokens', ...parts), 300_000n));
    }
    if (day >= 20 && day % 5 === 0) {
      const victim = random.pick(people);
      const friend = other(victim);
      calls.push(pay(victim, friend, dollars(100, 400)));
      const poison = call('Devnet Dollar', 'transferFrom', victim, toLookAlike(friend), 0n);
      calls.push(by(account('Address poisoner'), poison));
    }
    const airdrops: Record<number, [token: string, amount: bigint]> = {
      33: ['Fake dollar', parseUnits('5000', 6)],
      47: ['Hidden letters', parseEther('5000')],
      61: ['Too many decimals', 10n ** 74n],
    };
    const [token, amount] = airdrops[day] ?? [];
    if (token !== undefined && amount !== undefined)
      calls.push(...people.slice(3, 15).map((to) => by(issuer, call(token, 'transfer', to, amount))));
    if (day === 70)
      calls.push(by(account('Hugo'), call('Devnet Dollar', 'approve', account('Wallet drainer'), allOfIt)));
    if (day === 71) {
      const stolen = call(
        'Devnet Dollar',
        'transferFrom',
        account('Hugo'),
        account('Wallet drainer'),
        parseUnits('2500', 6),
      );
      calls.push(by(account('Wallet drainer'), stolen));
    }
    return calls;
  }

  return Array.from({ length: simulatedDays * blocksADay }, (_, index): PlannedBlock => {
    const day = Math.floor(index / blocksADay);
    const part = index % blocksADay;
    // The first hour of the first day is the setup's.
    const timestamp = start + day * daySeconds + part * (daySeconds / blocksADay) + 3600 + 12 * random.integer(0, 1400);
    const calls = Array.from({ length: random.integer(2, 6) }, () => usual(timestamp));
    if (part === 1) calls.push(...special(day, timestamp));
    if (part % 2 === 0) calls.push(post('Garden pair', 18), post('Lantern pair', 8));
    return { timestamp, calls };
  });
}

/** An address with the same first and last letters, which is all that most people compare. */
export function toLookAlike(address: Address): Address {
  const inner = [...address.slice(6, -4).toLowerCase()].map((digit) => (15 - parseInt(digit, 16)).toString(16));
  return getAddress(`${address.slice(0, 6).toLowerCase()}${inner.join('')}${address.slice(-4).toLowerCase()}`);
}
