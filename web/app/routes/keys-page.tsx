import { KeyList } from '#web/features/keys/components/key-list.tsx';
import { RunCallbacks } from '#web/features/triggers/components/run-callbacks.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';

export function Page() {
  const { can } = useSignedInPerson();
  return (
    <PageFrame>
      <KeyList canAdminister={can.administer} />
      <RunCallbacks />
    </PageFrame>
  );
}
