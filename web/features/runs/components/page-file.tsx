import { useQuery } from '@tanstack/react-query';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { readPageFile } from '#web/features/runs/api/read-page-file.ts';
import { AnswerCode } from '#web/features/runs/markdown/answer-code.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import PagePreview from './page-preview.tsx';

/** A stored file that is a page. */
export default function PageFile({ file }: { file: string }) {
  const address = useFileAddress()(file);
  const page = useQuery({
    queryKey: ['page-file', address],
    queryFn: ({ signal }) => readPageFile(address, signal),
    // A stored file never changes.
    staleTime: Infinity,
  });
  if (page.error) return <ErrorPanel error={page.error} onRetry={() => void page.refetch()} />;
  if (page.data === undefined) return <SkeletonList rows={1} rowClassName="h-96 w-full" />;
  return (
    <PagePreview source={page.data} startsAsPage>
      <AnswerCode language="xml" text={page.data} closed />
    </PagePreview>
  );
}
