import { NotFoundPage } from '#web/app/not-found-page.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { ChainList } from '#web/features/chains/components/chain-list.tsx';

export function Page() {
  const { can } = useSignedInPerson();
  if (!can.administer) return <NotFoundPage />;
  return (
    <PageFrame>
      <ChainList />
    </PageFrame>
  );
}
