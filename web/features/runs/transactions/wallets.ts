import { z } from 'zod';

/** What a wallet gives a page (EIP-1193). It is a stranger's program: nothing that it answers is believed unread. */
export type WalletProvider = { request: (call: { method: string; params?: unknown[] }) => Promise<unknown> };

export type Wallet = { id: string; name: string; icon: string | null; provider: WalletProvider };

const longestName = 40;
const longestIcon = 200_000;
const announceEvent = 'eip6963:announceProvider';
/** How long wallets are given to announce themselves before the older way is looked at. */
const announceMs = 400;

const Provider = z.custom<WalletProvider>(
  (value) => typeof value === 'object' && value !== null && 'request' in value && typeof value.request === 'function',
);
const Announcement = z.object({
  info: z.object({
    uuid: z.string().min(1).max(100),
    name: z.string().min(1),
    icon: z.string().optional(),
  }),
  provider: Provider,
});

/**
 * Tells of the wallets of this browser as they announce themselves (EIP-6963), and of the one that only the older way knows.
 * What it returns stops that.
 */
export function watchWallets(onChange: (wallets: Wallet[]) => void, page: Window = window): () => void {
  const found = new Map<string, Wallet>();
  const tell = () => onChange([...found.values()]);
  const hear = (event: Event) => {
    const read = Announcement.safeParse(event instanceof CustomEvent ? event.detail : null);
    if (!read.success || found.has(read.data.info.uuid)) return;
    const { info, provider } = read.data;
    found.delete('');
    found.set(info.uuid, {
      id: info.uuid,
      name: info.name.slice(0, longestName),
      icon: toSafeIcon(info.icon),
      provider,
    });
    tell();
  };
  page.addEventListener(announceEvent, hear);
  page.dispatchEvent(new Event('eip6963:requestProvider'));
  const timer = setTimeout(() => {
    const old = Provider.safeParse('ethereum' in page ? page.ethereum : null);
    if (found.size === 0 && old.success) found.set('', { id: '', name: '', icon: null, provider: old.data });
    tell();
  }, announceMs);
  return () => {
    clearTimeout(timer);
    page.removeEventListener(announceEvent, hear);
  };
}

/** Only a picture that comes along, which asks nobody for anything. */
function toSafeIcon(icon: string | undefined): string | null {
  return icon !== undefined && icon.length <= longestIcon && /^data:image\/[a-z+.-]+[;,]/.test(icon) ? icon : null;
}
