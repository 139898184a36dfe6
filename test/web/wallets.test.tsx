import { readFileSync } from 'node:fs';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useSearchParams } from 'react-router';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { ReadingNotes } from '#web/features/chains/components/reading-notes.tsx';
import { WalletDesk } from '#web/features/chains/components/wallet-desk.tsx';
import { addTexts, putInForce, type Texts } from '#web/lib/i18n/texts.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';

const wallet = '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f';
const other = '0x6D544390Eb535d61e196c87d6B9c80dCD8628Acd';
let hub: ScriptedHub;

const amount = (formatted: string, symbol: string, decimals = 6) => ({
  raw: String(Math.round(Number(formatted) * 10 ** decimals)),
  formatted,
  decimals,
  symbol,
});
const usd = (formatted: string) => amount(formatted, 'USD');
const gain = (realised: string, unrealised: string) => ({ realised: usd(realised), unrealised: usd(unrealised) });
const block = {
  chainId: 20260101,
  chain: 'Devnet (no real money)',
  number: '369',
  hash: `0x${'1'.repeat(64)}`,
  timestamp: '2026-10-29T20:17:48.000Z',
  explorerUrl: 'https://hub.example/settings/chains#',
};
const common = {
  addresses: [wallet],
  coin: 'traced',
  range: { from: block, to: block },
  block,
  explorerUrl: 'https://hub.example/settings/chains#',
};
const profit = {
  ...common,
  quote: 'USD',
  fifo: { ...gain('12.5', '-3.25'), total: usd('9.25') },
  average: { ...gain('11', '-1'), total: usd('10') },
  fees: { amount: amount('0.005', 'ETH', 18), value: null, transactions: 2 },
  assets: [
    {
      token: other,
      symbol: 'LNTN',
      isWellKnown: true,
      opening: amount('1', 'LNTN', 8),
      received: amount('2', 'LNTN', 8),
      sent: amount('1', 'LNTN', 8),
      closing: amount('2', 'LNTN', 8),
      price: { price: '32.3466006', from: 'Chainlink', contract: other, isStale: false },
      cost: usd('60'),
      value: usd('64.69'),
      fifo: gain('12.5', '-3.25'),
      average: gain('11', '-1'),
      unpricedLots: 0,
    },
  ],
  lots: [],
  lotCount: 3,
  unpricedLots: 1,
  warnings: [],
  partial: '1 lots have no price at one end and are in no sum: ETH.',
};
const activity = {
  ...common,
  label: 'Whale',
  transfers: 4,
  transactions: 2,
  flows: [],
  days: [{ day: '2026-10-29', token: other, received: amount('2', 'LNTN', 8), sent: amount('1', 'LNTN', 8) }],
  counterparties: [
    {
      address: other,
      label: null,
      transfers: 3,
      first: block.timestamp,
      last: block.timestamp,
      flows: [{ token: other, received: amount('2', 'LNTN', 8), sent: amount('0', 'LNTN', 8) }],
      flags: ['poisoning'],
    },
  ],
  counterpartyCount: 1,
  counterpartyOrder: { by: 'transfers', token: null, symbol: null },
  firstFunding: {
    from: other,
    label: 'Payroll',
    amount: amount('10', 'ETH', 18),
    block: '1',
    time: block.timestamp,
    transaction: `0x${'2'.repeat(64)}`,
    explorerUrl: 'https://hub.example/settings/chains#',
  },
  hours: [{ weekday: 4, hour: 9, transfers: 4 }],
  timeZone: 'UTC',
  warnings: ['1 token transfer(s) of exactly 0'],
  partial: null,
};
const call = (output: unknown, isError = false) => ({
  body: { isError, output, textForModel: '', sources: [], artifacts: [], file: null, durationMs: 3, request: null },
});

function Desk() {
  const [search, setSearch] = useSearchParams();
  return <WalletDesk search={search} onAsk={(asked) => setSearch(asked)} />;
}

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  const tool = {
    id: 'wallet-profit',
    title: { en: 'Profit', zh: '盈亏' },
    description: { en: 'Profit', zh: '盈亏' },
    category: 'on-chain',
    effect: 'read',
    toolset: null,
    unavailable: null,
    onlyInRuns: null,
    inputSchema: { properties: { chain: { enum: ['ethereum', 'devnet'] } } },
    outputSchema: {},
    isFavourite: false,
  };
  hub.answer('GET /api/tools', { body: { items: [tool] } });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('shows what an example of the devnet gained and did, and says what is left out', async () => {
  hub.answer('POST /api/tools/call', (request) => {
    const { tool } = request.body as { tool: string };
    return call(tool === 'wallet-profit' ? profit : activity);
  });
  renderPage(<Desk />);
  await userEvent.click(await screen.findByRole('button', { name: 'Look at an example' }));
  const gained = await screen.findByRole('region', { name: 'Profit and loss' });
  expect(within(gained).getByTitle('9.25 USD').textContent).toBe('+$9.25');
  expect(within(gained).getByText(/no price at one end/)).toBeTruthy();
  expect(within(gained).getByText('Chainlink')).toBeTruthy();
  const did = await screen.findByRole('region', { name: 'Activity' });
  expect(within(did).getByText('Payroll')).toBeTruthy();
  expect(within(did).getByText('poisons histories')).toBeTruthy();
  expect(within(did).getAllByText(other)).toHaveLength(2);
  const asked = hub.requests.filter(({ path }) => path === '/api/tools/call').map(({ body }) => body);
  expect(asked).toContainEqual({ tool: 'wallet-profit', input: { address: wallet, chain: 'devnet', days: 30 } });
});

it('says why a wallet could not be read, and asks as told', async () => {
  hub.answer('POST /api/tools/call', call({ error: 'No RPC of Ethereum gave an answer.', code: 'unavailable' }, true));
  renderPage(<Desk />);
  await userEvent.type(await screen.findByLabelText('Address'), ` ${wallet} `);
  await userEvent.selectOptions(screen.getByLabelText('How far back'), '7');
  await userEvent.type(screen.getByLabelText('Further addresses of the same person'), other);
  await userEvent.click(screen.getByRole('button', { name: 'Make the report' }));
  await waitFor(() => expect(screen.getAllByText('No RPC of Ethereum gave an answer.')).toHaveLength(2));
  expect(hub.requests.map(({ body }) => body)).toContainEqual({
    tool: 'wallet-profit',
    input: { address: wallet, chain: 'ethereum', days: 7, own: [other] },
  });
});

it('says warnings and what is left out in the language of the page', async () => {
  addTexts('zh-CN', 'chains', JSON.parse(readFileSync('web/features/chains/locales/zh-CN.json', 'utf8')) as Texts);
  putInForce('zh-CN');
  try {
    renderPage(
      <ReadingNotes warnings={['Something new.']} partial="3 lots have no price at one end and are in no sum: LNTN." />,
    );
    const left = await screen.findByText('有 3 笔买卖的一端没有价格，未计入任何合计：LNTN。');
    expect([left.lang, screen.getByText('Something new.').lang]).toEqual(['zh-CN', 'en']);
  } finally {
    putInForce('en');
  }
});
