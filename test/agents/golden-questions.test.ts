import { join } from 'node:path';
import { type Address, createPublicClient, erc20Abi, formatGwei, formatUnits, http, type PublicClient } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Alert, AlertPreview } from '#server/contract/alert.ts';
import type { Devnet } from '#server/contract/devnet.ts';
import type { Page } from '#server/contract/page.ts';
import type { Run } from '#server/contract/run.ts';
import { devnetContracts } from '#server/runtime/models/offline-planner/devnet-names.ts';
import { ask, createAgent } from '#test/support/agent-requests.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { createDevnetFigures } from '#test/support/devnet-figures.ts';
import { hasFigure } from '#test/support/has-figure.ts';
import { anvilProgram, layDevnet } from '#test/support/seeded-devnet.ts';

/*
 * Questions about the hub's own chain, asked of the shipped agents as anybody asks them, without a language model. Each figure
 * is read a second time with viem alone, from the node itself, and must stand in the answer digit by digit.
 */

type Golden = [agent: string, question: string, figures: () => Promise<(string | number | bigint)[]>];

const last = 369n;

let hub: TestApp;
let ada: TestPerson;
let client: PublicClient;
const places = new Map<string, Address>();
const at = (label: string): Address => {
  const place = places.get(label);
  if (place === undefined) throw new Error(`The devnet has no ${label}.`);
  return place;
};

const {
  tokenAt,
  show,
  balance,
  coins,
  supply,
  transfers,
  holders,
  flow,
  swaps,
  moved,
  largestSwap,
  reserves,
  lastAnswer,
  ownerOfTile,
  slotOf,
  priceOf,
  worth,
  named,
  poolPrice,
  payment,
  lastPayment,
  newestOf,
} = createDevnetFigures({ client: () => client, at });

beforeAll(async () => {
  hub = await buildTestApp({ agentsFolder: join(import.meta.dirname, '../../agents') });
  ada = await hub.createPerson();
  if (anvilProgram === null) return;
  const seed = await layDevnet(hub.dataFolder);
  for (const { label, address } of [...seed.accounts, ...seed.contracts]) places.set(label, address as Address);
  await hub.services.agents.installShippedAgents();
  const tools = ['simulate-call', 'propose-transaction', 'storage-slot'].map((id) => ({ id }));
  await createAgent(ada, { name: 'Desk', definition: { tools } });
  // An agent that reads it starts it.
  await answer('portfolio-analyst', 'Which block is the newest one of the devnet?');
  const { body } = await ask<Devnet>(ada, { url: '/api/chains/devnet' });
  client = createPublicClient({ transport: http(body.url ?? '') });
}, 600_000);
afterAll(() => hub.close());

async function answer(agent: string, question: string): Promise<Run> {
  const payload = {
    input: question.replaceAll(/\{([^}]+)\}/g, (_, label: string) => places.get(label) ?? label),
    stream: false,
  };
  return (await ask<Run>(ada, { method: 'POST', url: `/api/agents/${agent}/runs`, payload })).body;
}

const questions: Golden[] = [
  ['portfolio-analyst', 'Newest transaction of {Ada} on the devnet?', () => newestOf('Ada')],
  [
    'transaction-explainer',
    '{Day trader} 在开发网上最近一笔交易做了什么，花了多少 gas？',
    () => newestOf('Day trader'),
  ],
  [
    'transaction-explainer',
    'Explain the last transaction in block 369 of the devnet',
    async () => {
      const { transactions } = await client.getBlock({ blockNumber: last });
      return [transactions.at(-1) ?? ''];
    },
  ],
  [
    'transaction-explainer',
    '开发网区块 300 有失败的交易吗？',
    async () => {
      const { transactions } = await client.getBlock({ blockNumber: 300n });
      return [transactions.length, ...transactions];
    },
  ],
  [
    'portfolio-analyst',
    'How much DUSD does {Ada} hold on the devnet at block 369?',
    async () => [await balance('DUSD', 'Ada')],
  ],
  ['portfolio-analyst', '{Whale} 在开发网区块 369 有多少 GRDN？', async () => [await balance('GRDN', 'Whale')]],
  ['portfolio-analyst', '{Ben} 在开发网上的 LNTN 余额是多少（区块 369）？', async () => [await balance('LNTN', 'Ben')]],
  [
    'portfolio-analyst',
    'What is the ETH balance of {Hugo} on the devnet at block 369?',
    async () => [await coins('Hugo')],
  ],
  [
    'portfolio-analyst',
    'What does {Ada} hold on the devnet at block 369?',
    async () => [
      await coins('Ada'),
      await balance('DUSD', 'Ada'),
      await balance('GRDN', 'Ada'),
      await balance('LNTN', 'Ada'),
    ],
  ],
  [
    'portfolio-analyst',
    '开发网上 {Mei} 在区块 369 持有什么？',
    async () => [
      await coins('Mei'),
      await balance('DUSD', 'Mei'),
      await balance('GRDN', 'Mei'),
      await balance('LNTN', 'Mei'),
    ],
  ],
  [
    'portfolio-analyst',
    'Portfolio of {Day trader} on the devnet, block 369, please, and draw it as a bar chart.',
    async () => [await coins('Day trader'), await balance('DUSD', 'Day trader'), await balance('GRDN', 'Day trader')],
  ],
  [
    'portfolio-analyst',
    'What is {Ada} on the devnet worth in dollars at block 369?',
    async () => [...(await worth('Ada')), await priceOf('Price of Garden'), await coins('Ada'), tokenAt('GRDN')],
  ],
  [
    'portfolio-analyst',
    '开发网上的 {Whale} 在区块 369 总共值多少美元？',
    async () => [...(await worth('Whale')), await priceOf('Price of Lantern'), '未计价'],
  ],
  [
    'portfolio-analyst',
    'Which transfers of DUSD did {Ada} make on the devnet in blocks 300 to 369?',
    () => flow('DUSD', 'Ada', 300n),
  ],
  ['portfolio-analyst', '{Chen} 在开发网区块 320 到 369 的 DUSD 转账记录', () => flow('DUSD', 'Chen', 320n)],
  [
    'portfolio-analyst',
    'When was block 369 of the devnet, and how many transactions does it have?',
    async () => {
      const block = await client.getBlock({ blockNumber: last });
      return [
        block.hash,
        new Date(Number(block.timestamp) * 1000).toISOString(),
        block.transactions.length,
        block.gasUsed,
      ];
    },
  ],
  [
    'portfolio-analyst',
    '开发网区块 250 有多少笔交易？',
    async () => [
      `${(await client.getBlock({ blockNumber: 250n })).transactions.length}`,
      (await client.getBlock({ blockNumber: 250n })).hash,
    ],
  ],
  ['portfolio-analyst', 'Which address is ada.test?', async () => [await named('ada.test')]],
  ['portfolio-analyst', '开发网上 {Ada} 的域名是什么？', async () => ['ada.test', await named('ada.test')]],
  ['portfolio-analyst', 'How much LNTN does mei.test hold at block 369?', async () => [await balance('LNTN', 'Mei')]],
  [
    'portfolio-analyst',
    'What is the gas price on the devnet?',
    async () => [`${formatGwei(await client.getGasPrice())} gwei`],
  ],
  [
    'portfolio-analyst',
    'Who owns tile 5 of {Devnet Tiles} on the devnet at block 369?',
    async () => [await ownerOfTile(5n)],
  ],
  ['portfolio-analyst', '开发网上 {Devnet Tiles} 的 12 号藏品归谁所有？区块 369', async () => [await ownerOfTile(12n)]],
  [
    'token-due-diligence',
    'What is the total supply of DUSD on the devnet at block 369?',
    async () => [await supply('DUSD')],
  ],
  ['token-due-diligence', '开发网上 GRDN 的总供应量是多少？（区块 369）', async () => [await supply('GRDN')]],
  ['token-due-diligence', 'Check the token LNTN on the devnet', async () => [await supply('LNTN'), tokenAt('LNTN')]],
  [
    'token-due-diligence',
    '开发网上的代币 {Fake dollar} 是真的吗？',
    async () => [at('Fake token issuer'), tokenAt('DUSD')],
  ],
  ['token-due-diligence', 'Who are the top 5 holders of DUSD on the devnet up to block 369?', () => holders('DUSD', 5)],
  ['token-due-diligence', '开发网上 GRDN 的前三大持有者是谁？截至区块 369', () => holders('GRDN', 3)],
  [
    'defi-reader',
    'Read getReserves() of {Garden pair} on the devnet at block 369',
    async () => (await reserves('Garden pair')).slice(0, 2),
  ],
  [
    'defi-reader',
    '调用 getReserves 读取开发网合约 {Lantern pair}（区块 369）',
    async () => (await reserves('Lantern pair')).slice(0, 2),
  ],
  [
    'defi-reader',
    'How many Swap events had {Garden pair} on the devnet in blocks 1 to 369?',
    async () => [await swaps('Garden pair', 1n)],
  ],
  [
    'defi-reader',
    '开发网上 {Lantern pair} 在区块 300 到 369 有多少 Swap 事件？',
    async () => [await swaps('Lantern pair', 300n)],
  ],
  [
    'defi-reader',
    'Read latestRoundData() of {Price of Garden} on the devnet at block 369',
    async () => [await lastAnswer('Price of Garden')],
  ],
  [
    'defi-reader',
    'How much DUSD does {Weak vault} hold on the devnet at block 369?',
    async () => [await balance('DUSD', 'Weak vault')],
  ],
  ['whale-watcher', 'Who are the 3 largest holders of LNTN on the devnet at block 369?', () => holders('LNTN', 3)],
  ['whale-watcher', '开发网上 DUSD 的前 10 大持有者是谁？', () => holders('DUSD', 10)],
  [
    'whale-watcher',
    'Which DUSD transfers did {Whale} make on the devnet in blocks 350 to 369?',
    () => flow('DUSD', 'Whale', 350n),
  ],
  [
    'whale-watcher',
    'How many Transfer events had {Devnet Dollar} on the devnet from block 360 to 369?',
    async () => [(await transfers('DUSD', 360n)).length],
  ],
  [
    'whale-watcher',
    '{Exchange hot wallet} 在开发网区块 340 到 369 转出了多少 DUSD？',
    () => flow('DUSD', 'Exchange hot wallet', 340n),
  ],
  [
    'sql-analyst',
    'Which two addresses received the most DUSD on the devnet?',
    async () => (await holders('DUSD', 2, 0n)).map((figure) => figure.replace(' DUSD', '')),
  ],
  [
    'sql-analyst',
    'How many DUSD transfers on the devnet between 3 and 10 October 2026?',
    async () => [(await moved('DUSD', '2026-10-03', '2026-10-11')).count],
  ],
  [
    'sql-analyst',
    '比较开发网上 DUSD 本月与上月的转账量',
    async () => [
      (await moved('DUSD', '2026-09-01', '2026-10-01')).total,
      (await moved('DUSD', '2026-10-01', '2026-11-01')).total,
    ],
  ],
  ['sql-analyst', '开发网上最大的一笔兑换是哪笔？', async () => [await largestSwap()]],
  [
    'whale-watcher',
    'Largest DUSD transfers in September 2026 on the devnet',
    async () => [(await moved('DUSD', '2026-09-01', '2026-10-01')).largest],
  ],
  [
    'defi-reader',
    'What is the TVL of the GRDN/DUSD pool on the devnet, and its APR?',
    async () => [formatUnits((await reserves('Garden pair'))[0] * 2n, 6)],
  ],
  [
    'defi-reader',
    '开发网 {Lantern pair} 的手续费收入和无常损失是多少？',
    async () => [formatUnits((await reserves('Lantern pair'))[0] * 2n, 6)],
  ],
  ['desk', 'Read storage slot 2 of {Devnet Dollar} on the devnet at block 369', () => slotOf('Devnet Dollar', '0x2')],
  ['token-due-diligence', '读取开发网 {Garden} 区块 369 的存储槽 0', () => slotOf('Garden', '0x0')],
  [
    'market-forecaster',
    'what does GRDN cost on the devnet at block 369?',
    async () => [await priceOf('Price of Garden'), await poolPrice()],
  ],
  ['portfolio-analyst', '开发网区块 369 的 LNTN 现价', async () => [await priceOf('Price of Lantern')]],
  [
    'defi-reader',
    'How deep is the market of GRDN on the devnet at block 369?',
    async () => {
      const [dollars, gardens] = await reserves('Garden pair');
      return [show(dollars, 'DUSD'), show(gardens, 'GRDN'), await poolPrice()];
    },
  ],
  [
    'desk',
    'Prepare a transaction on the devnet: send 2.5 DUSD from {Ada} to {Ben}',
    async () => {
      const { data, gas } = await payment('Ada', 'Ben', 2_500_000n);
      return [data, gas, tokenAt('DUSD'), 2_500_000];
    },
  ],
  [
    'desk',
    '拟定一笔开发网交易：从 {Ada} 向 {Ben} 发送 0.5 ETH',
    async () => [
      `0x${(5n * 10n ** 17n).toString(16)}`,
      await client.estimateGas({ account: at('Ada'), to: at('Ben'), value: 5n * 10n ** 17n }),
      '0.5 ETH',
    ],
  ],
  [
    'desk',
    'What would happen if {Ada} sent 5 DUSD to {Ben} on the devnet?',
    async () => [(await payment('Ada', 'Ben', 5_000_000n)).gas, '5 DUSD'],
  ],
  [
    'desk',
    '模拟在开发网上从 {Ada} 到 {Ben} 的调用',
    async () => [await client.estimateGas({ account: at('Ada'), to: at('Ben') })],
  ],
  ['whale-watcher', 'who paid {Ada} DUSD on the devnet in blocks 300 to 369?', () => flow('DUSD', 'Ada', 300n)],
  [
    'portfolio-analyst',
    'Which tiles of {Devnet Tiles} does {Ada} own on the devnet?',
    async () => {
      const call = { address: at('Devnet Tiles'), abi: erc20Abi, functionName: 'balanceOf' as const };
      return [await client.readContract({ ...call, args: [at('Ada')], blockNumber: last })];
    },
  ],
];

describe.skipIf(anvilProgram === null)('asked without a language model, the shipped agents answer', () => {
  test(
    'from the chain, in English and in Chinese, with the figures that viem reads',
    { timeout: 120_000 },
    async () => {
      expect(questions.length).toBeGreaterThanOrEqual(40);
      const wrong: unknown[] = [];
      for (const [agent, question, figures] of questions) {
        const [{ output, status }, expected] = await Promise.all([answer(agent, question), figures()]);
        const missing = expected.map(String).filter((figure) => !hasFigure(output, figure));
        if (status !== 'completed' || missing.length > 0)
          wrong.push({ question, missing, output: output.slice(0, 1500) });
      }
      expect(wrong).toEqual([]);
    },
  );

  test('for the contracts of the devnet by the names that the planner knows', () => {
    for (const [name, address] of Object.entries(devnetContracts)) {
      const label = [...places.keys()].find((one) => one.toLowerCase().replace(' ', '') === name.replace(' ', ''));
      expect([name, places.get(label ?? '')]).toEqual([name, address]);
    }
  });

  test('what a transaction did, its amount and its fee', async () => {
    const { hash, from, to, value, fee } = await lastPayment();
    for (const [question, how, leftover] of [
      [`What did ${hash} do on the devnet?`, 'Status: success', /\p{Script=Han}/u],
      [`开发网上的交易 ${hash} 做了什么？`, '状态：成功', /[a-z]{2} [a-z]{2}/],
    ] as const) {
      const { output } = await answer('transaction-explainer', question);
      for (const figure of [from, to, show(value, 'DUSD'), fee, how]) expect(output).toContain(figure);
      expect(output).not.toMatch(leftover);
    }
  });

  test('what an alert on any transfer of a token would have told, whoever made it', async () => {
    const input = { watch: 'transfer', chain: 'devnet', token: 'DUSD', atLeast: '3200', tell: 'list' };
    await ask(ada, { method: 'POST', url: '/api/tools/call', payload: { tool: 'create-alert', input } });
    const [{ watch }] = (await ask<Page<Alert>>(ada, { url: '/api/alerts' })).body.items as [Alert];
    const look = { method: 'POST', url: '/api/alerts/preview', payload: { watch } } as const;
    const { recent } = (await ask<AlertPreview>(ada, look)).body;
    const all = await transfers('DUSD', BigInt(recent?.fromBlock ?? 0));
    const told = all.filter(({ args }) => args.value >= 3_200_000_000n);
    expect([watch.kind, recent?.count, told.length > 0]).toEqual(['event', told.length, true]);
  });

  test('nothing but where it could not be read, and that the devnet can be, when no public chain is reached', async () => {
    const { output } = await answer('portfolio-analyst', 'How much does {Ada} hold?');
    expect(output).toMatch(/Ethereum/);
    expect(output).toMatch(/devnet/);
    expect(await answer('portfolio-analyst', '{Ada} 有多少余额？')).toMatchObject({
      output: expect.stringContaining('开发网'),
    });
  });
});
