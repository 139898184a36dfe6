import { PageFrame } from '#web/app/page-frame.tsx';
import { toolsetPaths } from '#web/app/toolset-paths.ts';
import { SignInReturn } from '#web/features/toolsets/components/sign-in-return.tsx';

/** Where services send people back to who signed in with them. */
export function Page() {
  return (
    <PageFrame>
      <SignInReturn paths={toolsetPaths} />
    </PageFrame>
  );
}
