import { useSearchParams } from 'react-router';
import { PageFrame } from '#web/app/page-frame.tsx';
import { WalletDesk } from '#web/features/chains/components/wallet-desk.tsx';

/** Reports of wallets; what was asked stands in the address. */
export function Page() {
  const [search, setSearch] = useSearchParams();
  return (
    <PageFrame wide>
      <WalletDesk search={search} onAsk={(asked) => setSearch(asked)} />
    </PageFrame>
  );
}
