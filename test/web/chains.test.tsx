import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Devnet } from '#server/contract/devnet.ts';
import type { Chain, ChainEndpoint } from '#server/contract/chain.ts';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';
import { ChainList } from '#web/features/chains/components/chain-list.tsx';

let hub: ScriptedHub;
const well: ChainEndpoint = {
  id: 'public-1',
  host: 'rpc.example.org',
  origin: 'public',
  state: 'well',
  detail: null,
  blockNumber: '21000000',
  blocksBehind: 0,
  secondsBehind: 0,
  checkedAt: '2026-11-01T00:00:00.000Z',
  calls: [
    { method: 'eth_call', calls: 3, failed: 1 },
    { method: 'eth_getBalance', calls: 4, failed: 0 },
  ],
};
const late: ChainEndpoint = {
  ...well,
  id: 'endpoint-1',
  host: 'late.example.org',
  origin: 'stored',
  state: 'behind',
  blocksBehind: 40,
  secondsBehind: 480,
  calls: [],
};
const ethereum: Chain = {
  id: 1,
  slug: 'ethereum',
  name: 'Ethereum',
  explorerUrl: 'https://etherscan.io',
  nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
  origin: 'known',
  hasMulticall: true,
  isTestnet: false,
  endpoints: [late, well],
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/chains/devnet', () => ({ body: devnet }));
  hub.answer('GET /api/chains', ({ query }) => ({
    body: { items: [{ ...ethereum, endpoints: query.get('check') === '1' ? [well] : ethereum.endpoints }] },
  }));
});
const ada = { address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', label: 'Ada', kind: 'person' } as const;
const devnet: Devnet = {
  chainId: 20_260_101,
  state: 'stopped',
  stage: null,
  progress: null,
  detail: null,
  url: null,
  startedAt: null,
  seeded: { blockNumber: 369, blockHash: '0xfd' },
  accounts: [ada],
  contracts: [],
};
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('a chain shows how each endpoint is, and asks them anew when told', async () => {
  renderPage(<ChainList />);
  const list = await screen.findByRole('list', { name: 'Endpoints of Ethereum' });
  const texts = () =>
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
  expect(texts()).toEqual([
    'late.example.orglagsadded here · block 21000000 · 40 blocks (480 s) behind',
    'rpc.example.orgwellpublic · block 21000000 · 7 calls · 1 failed',
  ]);
  expect(within(list).getAllByRole('button')).toEqual([
    screen.getByRole('button', { name: 'Remove the endpoint late.example.org' }),
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Check the endpoints of Ethereum' }));
  await waitFor(() => expect(texts()).toHaveLength(1));
});

it('an endpoint that the hub refuses says so at its field, and the address is covered', async () => {
  const issue = { path: 'body.url', message: 'This RPC answers for chain 5, not 1.' };
  hub.answer('POST /api/chains/1/endpoints', {
    status: 400,
    body: { ...problem(400, 'validation_failed', issue.message), errors: [issue] },
  });
  renderPage(<ChainList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add an endpoint to Ethereum' }));
  const field = await screen.findByLabelText(/Address of the RPC/);
  expect(field.getAttribute('type')).toBe('password');
  await userEvent.type(field, 'https://rpc.example.org/key');
  await userEvent.click(screen.getByRole('button', { name: 'Add an endpoint' }));
  await screen.findByText(issue.message);
  expect(hub.sent('POST', '/api/chains/1/endpoints')).toEqual([{ url: 'https://rpc.example.org/key' }]);
});

it('a chain is added with all that the hub wants to know of it', async () => {
  hub.answer('POST /api/chains', { status: 201, body: { ...ethereum, id: 84_532 } });
  renderPage(<ChainList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a chain' }));
  const dialog = within(await screen.findByRole('dialog'));
  const fill = async (label: RegExp, text: string) => userEvent.type(await dialog.findByLabelText(label), text);
  await fill(/^Name/, 'Base Sepolia');
  await fill(/^Chain id/, '84532');
  await fill(/^Short name/, 'base-sepolia');
  await fill(/^Address of the RPC/, 'https://sepolia.example.org');
  await fill(/^Block explorer/, 'https://explorer.example.org/');
  await fill(/^Currency/, 'Ether');
  await fill(/^Symbol/, 'ETH');
  await userEvent.click(dialog.getByRole('button', { name: 'Add a chain' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(hub.sent('POST', '/api/chains')).toEqual([
    {
      id: 84_532,
      slug: 'base-sepolia',
      name: 'Base Sepolia',
      explorerUrl: 'https://explorer.example.org',
      nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
      url: 'https://sepolia.example.org',
    },
  ]);
});

it('the devnet says what it is worth, shows how far its start is, and lists what stands on it', async () => {
  let now: Devnet = devnet;
  hub.answer('GET /api/chains/devnet', () => ({ body: now }));
  hub.answer('POST /api/chains/devnet/start', () => {
    now = { ...devnet, state: 'starting', stage: 'seeding', progress: 0.4 };
    return { body: now };
  });
  renderPage(<ChainList />);
  const card = within(await screen.findByRole('region', { name: /The devnet/ }));
  card.getByText('no real money');
  await userEvent.click(card.getByRole('button', { name: 'Start' }));
  expect((await card.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('40');
  card.getByText(/^Making 90 simulated days/);
  now = { ...devnet, state: 'running', url: 'http://127.0.0.1:4000' };
  await card.findByText('http://127.0.0.1:4000');
  await userEvent.click(card.getByText('1 account'));
  await card.findByText(ada.address);
  card.getByRole('button', { name: 'Copy: Ada' });
});

it('the devnet is reset after a question, and where Anvil is missing nothing can be started', async () => {
  hub.answer('POST /api/chains/devnet/reset', {
    body: { ...devnet, state: 'missing', detail: { en: 'Anvil is not installed.', zh: '未安装。' } },
  });
  renderPage(<ChainList />);
  await userEvent.click(await screen.findByRole('button', { name: 'Reset' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  expect(hub.sent('POST', '/api/chains/devnet/reset')).toEqual([]);
  await userEvent.click(await dialog.findByRole('button', { name: 'Reset' }));
  await screen.findByText('Anvil is not installed.');
  expect(screen.queryByRole('button', { name: 'Start' })).toBeNull();
});
