import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Artifact } from '#server/contract/run-event.ts';
import type { TransactionProposal } from '#server/contract/transaction-proposal.ts';
import { VisitFiles } from '#web/features/embeds/components/visit-files.tsx';
import ArtifactList from '#web/features/runs/components/artifact-list.tsx';
import { installFakeWallet, walletError } from '#test/support/fake-wallet.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { makeProposal, proposalReceiver, proposalSender } from '#test/support/sample-proposal.ts';

type Options = Omit<Parameters<typeof installFakeWallet>[0], 'account' | 'chainId'> & {
  account?: string;
  chainId?: number;
};

let wallet: ReturnType<typeof installFakeWallet> | undefined;

beforeAll(startTexts);
afterEach(() => {
  cleanup();
  wallet?.remove();
  wallet = undefined;
  localStorage.clear();
  vi.restoreAllMocks();
});

const toArtifact = (proposal: unknown): Artifact => ({
  kind: 'transaction',
  id: 't1',
  title: 'A transfer',
  proposal: proposal as Record<string, never>,
});

async function show(proposal: TransactionProposal, canSend = true) {
  renderPage(<ArtifactList artifacts={[toArtifact(proposal)]} canSend={canSend} />);
  return within(await screen.findByRole('region', { name: 'Proposed transaction' }));
}

async function showWithWallet(options: Options = {}, proposal = makeProposal()) {
  wallet = installFakeWallet({ account: proposalSender.toLowerCase(), chainId: 1, ...options });
  return { card: await show(proposal), asked: wallet };
}

const press = async (card: Awaited<ReturnType<typeof show>>) =>
  userEvent.click(await card.findByRole('button', { name: 'Send with Fox Wallet' }));

describe('a proposed transaction', () => {
  it('is shown whole: what it does, whom it meets, what changes, at which block', async () => {
    const card = await show(makeProposal({ warnings: ['Sender and receiver are the same address.'] }));
    expect(card.getByText(`Send 12.5 USDC to ${proposalReceiver}`)).toBeTruthy();
    expect(card.getByText(/the hub holds no keys/)).toBeTruthy();
    expect(card.getByText('Simulated: it would succeed')).toBeTruthy();
    expect(card.getByText('Sender and receiver are the same address.')).toBeTruthy();
    expect(card.getByRole('link', { name: '21000000' }).getAttribute('href')).toBe(
      'https://etherscan.io/block/21000000',
    );
    expect(card.getByText('-12.5 USDC')).toBeTruthy();
    expect(card.getByText('+12.5 USDC')).toBeTruthy();
    expect(card.getAllByRole('button', { name: `Copy ${proposalSender}` })).toHaveLength(2);
    expect(card.getByRole('link', { name: 'Open in a wallet app' }).getAttribute('href')).toMatch(/^ethereum:0xA0b8/);
    await userEvent.click(card.getByRole('button', { name: 'Show QR code' }));
    expect(card.getByRole('img', { name: /QR code/ }).getAttribute('src')).toMatch(/^data:image\/svg/);
  });

  it('that would fail says why, and offers neither wallet nor link', async () => {
    const { simulation } = makeProposal();
    const { card } = await showWithWallet(
      {},
      makeProposal({ simulation: { ...simulation, succeeds: false, reason: 'too late', changes: [] } }),
    );
    expect(card.getByText('too late')).toBeTruthy();
    expect(card.queryByRole('link', { name: 'Open in a wallet app' })).toBeNull();
    expect(await card.findByRole('button', { name: 'Simulate again' })).toBeTruthy();
    expect(card.queryByRole('button', { name: /^Send with/ })).toBeNull();
  });

  it('in a copy that others read cannot be sent, and one that cannot be read is only named', async () => {
    wallet = installFakeWallet({ account: proposalSender, chainId: 1 });
    const card = await show(makeProposal(), false);
    expect(card.queryByRole('region', { name: 'Send it yourself' })).toBeNull();
    expect(card.queryByRole('link', { name: 'Open in a wallet app' })).toBeNull();
    expect(card.getByRole('button', { name: 'Copy as JSON' })).toBeTruthy();
    expect(wallet.calls).toEqual([]);
    cleanup();
    // In another site's frame there is nobody signed in, and nothing that keeps the hub's answers.
    render(<VisitFiles agent="fee-clerk" artifacts={[toArtifact(makeProposal())]} />);
    expect(await screen.findByText(`Send 12.5 USDC to ${proposalReceiver}`)).toBeTruthy();
    cleanup();
    renderPage(<ArtifactList artifacts={[toArtifact({ odd: true })]} canSend />);
    expect(await screen.findByText('A transfer')).toBeTruthy();
  });

  it('never leads from a link that is none of a wallet', async () => {
    const card = await show(makeProposal({ walletLink: 'javascript:alert(1)' }));
    expect(card.queryByRole('link', { name: 'Open in a wallet app' })).toBeNull();
  });
});

describe('a wallet of the browser', () => {
  it('is sent exactly what is shown, and only when it is pressed', async () => {
    const { card, asked } = await showWithWallet();
    await card.findByRole('button', { name: 'Send with Fox Wallet' });
    expect(asked.calls).toEqual([]);
    await press(card);
    const { transaction } = makeProposal();
    expect(await card.findByText(`0x${'ab'.repeat(32)}`)).toBeTruthy();
    expect(card.getByRole('link', { name: 'In the explorer' }).getAttribute('href')).toBe(
      `https://etherscan.io/tx/0x${'ab'.repeat(32)}`,
    );
    expect(asked.methods()).toEqual(['eth_requestAccounts', 'eth_chainId', 'eth_sendTransaction']);
    expect(asked.calls.at(-1)?.params).toEqual([{ ...transaction, chainId: '0x1' }]);
    expect(card.queryByRole('button', { name: /^Send with/ })).toBeNull();
    cleanup();
    const again = await show(makeProposal());
    expect(await again.findByText(`0x${'ab'.repeat(32)}`)).toBeTruthy();
    expect(again.queryByRole('button', { name: /^Send with/ })).toBeNull();
  });

  it('on another chain is asked to change, and to add the chain where it is not known', async () => {
    const { card, asked } = await showWithWallet({
      chainId: 10,
      answers: {
        wallet_switchEthereumChain: () => {
          throw walletError(4902);
        },
        wallet_addEthereumChain: () => {
          asked.state.chainId = '0x1';
          return null;
        },
      },
    });
    await press(card);
    await waitFor(() => expect(asked.methods()).toContain('eth_sendTransaction'));
    expect(asked.calls.find(({ method }) => method === 'wallet_addEthereumChain')?.params).toEqual([
      {
        chainId: '0x1',
        chainName: 'Ethereum',
        nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
        rpcUrls: ['https://ethereum-rpc.publicnode.com'],
        blockExplorerUrls: ['https://etherscan.io'],
      },
    ]);
  });

  it.each<[string, Options, RegExp]>([
    [
      'who declines is told so kindly',
      {
        answers: {
          eth_sendTransaction: () => {
            throw walletError(4001, 'User rejected');
          },
        },
      },
      /You declined in your wallet/,
    ],
    ['another account sends nothing', { account: proposalReceiver }, /another account selected/],
    [
      'one that stays on its chain sends nothing',
      { chainId: 10, answers: { wallet_switchEthereumChain: () => null } },
      /stayed on another chain/,
    ],
    ['a hash that is none is not shown', { answers: { eth_sendTransaction: () => '<b>0x1</b>' } }, /cannot be read/],
    ['accounts that are none are not believed', { answers: { eth_requestAccounts: () => 'all' } }, /cannot be read/],
    [
      'what it says itself is told as its words',
      {
        answers: {
          eth_sendTransaction: () => {
            throw walletError(-32000, 'nonce too low');
          },
        },
      },
      /It says: “nonce too low”/,
    ],
  ])('%s', async (_, options, words) => {
    const { card, asked } = await showWithWallet(options);
    await press(card);
    expect((await card.findByRole('alert')).textContent).toMatch(words);
    expect(localStorage.length).toBe(0);
    if (!/declined|read|says/.test(words.source)) expect(asked.methods()).not.toContain('eth_sendTransaction');
  });

  it('that is not waited for any more may still send, and then says so', async () => {
    let agree = (_hash: string) => undefined as void;
    const { card } = await showWithWallet({
      answers: { eth_sendTransaction: () => new Promise<string>((resolve) => (agree = resolve)) },
    });
    await press(card);
    expect(await card.findByText('Check and confirm in Fox Wallet')).toBeTruthy();
    expect(document.activeElement).toBe(card.getByRole('region', { name: 'Send it yourself' }));
    await userEvent.click(card.getByRole('button', { name: 'Stop waiting' }));
    expect((await card.findByRole('alert')).textContent).toMatch(/the transaction is sent/);
    agree(`0x${'cd'.repeat(32)}`);
    expect(await card.findByText(`0x${'cd'.repeat(32)}`)).toBeTruthy();
  });

  it('gets nothing that was simulated long ago; it is tried again first, and must be the same', async () => {
    const old = makeProposal({ simulatedAt: new Date(Date.now() - 6 * 60_000).toISOString() });
    const answer = { ...makeProposal(), fee: null };
    const bodies: unknown[] = [];
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (_, init) => {
      bodies.push(JSON.parse(String(init?.body as string)));
      const other = { ...answer, transaction: { ...answer.transaction, to: proposalReceiver } };
      return Response.json({
        isError: false,
        output: null,
        textForModel: '',
        sources: [],
        artifacts: [toArtifact(bodies.length === 1 ? other : answer)],
        file: null,
        durationMs: 1,
        request: null,
      });
    });
    const { card } = await showWithWallet({}, old);
    expect(await card.findByText(/the chain has moved on/)).toBeTruthy();
    expect(card.queryByRole('button', { name: /^Send with/ })).toBeNull();
    await userEvent.click(card.getByRole('button', { name: 'Simulate again' }));
    expect(await card.findByText('The hub answered with another transaction.')).toBeTruthy();
    await userEvent.click(card.getByRole('button', { name: 'Simulate again' }));
    expect(await card.findByRole('button', { name: 'Send with Fox Wallet' })).toBeTruthy();
    expect(bodies.at(-1)).toEqual({
      tool: 'propose-transaction',
      input: {
        chain: 'ethereum',
        from: proposalSender,
        to: old.transaction.to,
        amount: '0',
        data: old.transaction.data,
      },
    });
  });

  it('that is missing is said, with what to do instead', async () => {
    const card = await show(makeProposal());
    expect(await card.findByText(/No wallet was found in this browser/)).toBeTruthy();
  });
});
