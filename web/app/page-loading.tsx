import { SkeletonList } from '#web/ui/skeleton.tsx';

/** What stands while a page's code is on its way. */
export function PageLoading() {
  return (
    <div className="mx-auto w-full max-w-5xl px-4 py-16">
      <SkeletonList />
    </div>
  );
}
