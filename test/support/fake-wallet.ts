type Call = { method: string; params: unknown[] };
type Answer = (params: unknown[]) => unknown;

/** What wallets throw: an error with a number (EIP-1193). */
export const walletError = (code: number, message = 'No.') => Object.assign(new Error(message), { code });

/**
 * A wallet as an extension puts it into a page (EIP-1193), announced by EIP-6963. It holds no keys: `answers` say what it does,
 * and it keeps what it was asked.
 */
export function installFakeWallet({
  account,
  chainId,
  name = 'Fox Wallet',
  icon = 'data:image/svg+xml,<svg/>',
  answers = {},
}: {
  account: string;
  chainId: number;
  name?: string;
  icon?: string;
  answers?: Record<string, Answer>;
}) {
  const calls: Call[] = [];
  const state = { chainId: `0x${chainId.toString(16)}` };
  const usual: Record<string, Answer> = {
    eth_requestAccounts: () => [account],
    eth_chainId: () => state.chainId,
    wallet_switchEthereumChain: ([wanted]) => {
      state.chainId = (wanted as { chainId: string }).chainId;
      return null;
    },
    eth_sendTransaction: () => `0x${'ab'.repeat(32)}`,
  };
  const provider = {
    request: async ({ method, params = [] }: { method: string; params?: unknown[] }): Promise<unknown> => {
      calls.push({ method, params });
      const answer = answers[method] ?? usual[method];
      if (answer === undefined) throw walletError(4200, 'Not supported.');
      return await answer(params);
    },
  };
  const detail = { info: { uuid: `uuid-${name}`, name, icon, rdns: 'org.example.fox' }, provider };
  const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  window.addEventListener('eip6963:requestProvider', announce);
  return {
    calls,
    methods: () => calls.map(({ method }) => method),
    state,
    remove: () => window.removeEventListener('eip6963:requestProvider', announce),
  };
}
