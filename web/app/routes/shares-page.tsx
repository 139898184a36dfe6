import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { OwnShares } from '#web/features/shares/components/own-shares.tsx';

export function Page() {
  const { can } = useSignedInPerson();
  return (
    <PageFrame>
      <OwnShares canAdminister={can.administer} />
    </PageFrame>
  );
}
