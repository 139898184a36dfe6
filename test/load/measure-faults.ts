import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Fault, openChainFaults } from '#test/support/chain-faults.ts';
import { startMarketChain } from '#test/support/market-chain.ts';
import type { Answer } from './ask-often.ts';
import type { Row } from './bench-rows.ts';
import { openSession } from './hub-session.ts';
import { median } from './load.ts';
import { reorganise } from './reorganise-index.ts';
import { listSqlFaults } from './sql-faults.ts';
import { startHub } from './start-hub.ts';
import { type BenchProcess, startProcess } from './start-process.ts';

const rounds = 5;
const calmMs = 300;
/** What is done beside the answer of a fault comes soon after it. */
const leastAfterwardsMs = 150;
/** What issue 5 wants of the hub beside every fault. */
const limitMs = 100;

type Round = { calm: Answer[]; beside: Answer[]; said: string | null; afterwards: string };

/**
 * How long the hub takes to answer while something goes wrong in it: asked every 20 ms, the longest of each round, of which the
 * median counts, beside as many moments in which nothing happens. On a machine that has other work both grow: the kept file tells
 * for how long of the longest answer the hub worked, and stood in line for a processor. It has what was said of each fault, too.
 */
export async function measureFaults(root: string): Promise<Row[]> {
  const [chains, market] = await Promise.all([openChainFaults(), startMarketChain()]);
  const allowed = [...chains.hosts, new URL(market.url).host].join(',');
  const hub = await startHub(root, null, { variables: { HUB_EGRESS_ALLOW: allowed } });
  const asker = await startProcess(join(import.meta.dirname, 'ask-often.js'), [hub.url, String(hub.child.pid)]);
  try {
    const session = await openSession(hub.url);
    const rows: Row[] = [];
    for (const fault of [...chains.list(session), reorganise(session, market), ...listSqlFaults(session)]) {
      const seen: Round[] = [];
      for (let round = 0; round < rounds; round += 1) seen.push(await measureRound(asker, fault, round === rounds - 1));
      rows.push(toRow(fault, seen));
    }
    return rows;
  } finally {
    await Promise.all([asker.stop(), hub.stop(), chains.close(), market.close()]);
    hub.remove();
  }
}

async function measureRound(asker: BenchProcess, fault: Fault, isLast: boolean): Promise<Round> {
  const { prepare, cause, again, afterwardsMs = leastAfterwardsMs } = fault;
  await prepare?.();
  let said: string | null = null;
  const calm = await askDuring(asker, () => wait(calmMs));
  const beside = await askDuring(asker, async () => {
    said = await cause(isLast);
    await wait(afterwardsMs);
  });
  return { calm, beside, said, afterwards: await again() };
}

async function askDuring({ child }: BenchProcess, work: () => Promise<unknown>): Promise<Answer[]> {
  child.send('begin');
  await work();
  const answers = new Promise<Answer[]>((resolve) => child.once('message', (sent) => resolve(sent as Answer[])));
  child.send('end');
  return await answers;
}

function toRow({ name, clear, answered }: Fault, seen: Round[]): Row {
  const longest = (answers: Answer[]) => answers.reduce((one, other) => (other.tookMs > one.tookMs ? other : one));
  const said = [...new Set(seen.flatMap((round) => round.said ?? []))];
  const afterwards = [...new Set(seen.map((round) => round.afterwards))];
  const isClear =
    said.length > 0 && said.every((text) => clear.test(text)) && afterwards.every((text) => answered.test(text));
  return {
    scenario: 'faults',
    measure: `an answer beside ${name}: longest of a round`,
    hub: median(seen.map(({ beside }) => longest(beside).tookMs)),
    baseline: median(seen.map(({ calm }) => longest(calm).tookMs)),
    unit: 'ms',
    limit: limitMs,
    isClear,
    told: {
      said,
      afterwards,
      rounds: seen.map(({ beside }) => ({ asked: beside.length, longest: longest(beside) })),
    },
  };
}
