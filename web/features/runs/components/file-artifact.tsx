import { AppWindow, Download, FileText } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { PlainTable } from './plain-table.tsx';

const PageFile = lazy(() => import('./page-file.tsx'));

const largestPageBytes = 1_000_000;

/** A file to take along; of one that holds a table its first rows too, and one that is a page can be opened, closed in. */
export function FileArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'file' }> }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const [isOpen, setIsOpen] = useState(false);
  const toFileAddress = useFileAddress();
  const { table } = artifact;
  const mediaType = artifact.mediaType.split(';', 1)[0];
  const rows = useMemo(() => table?.rows.map((row) => row.map((cell) => String(cell ?? ''))) ?? [], [table]);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3 rounded-md border border-line bg-surface p-3">
      <div className="flex flex-wrap items-center gap-3">
        <FileText aria-hidden className="size-6 shrink-0 text-accent" />
        <div className="grid min-w-0 flex-1 basis-40">
          <span className="truncate font-medium">{artifact.title}</span>
          <span className="text-xs text-ink-faint">
            {mediaType} · {format.bytes(artifact.size)}
          </span>
        </div>
        {mediaType === 'text/html' && artifact.size <= largestPageBytes && !isOpen && (
          <Button size="small" variant="quiet" icon={<AppWindow aria-hidden />} onClick={() => setIsOpen(true)}>
            {t('artifact.openPage')}
          </Button>
        )}
        <Button asChild size="small">
          <a href={toFileAddress(artifact.file)} download={table === null ? artifact.title : `${artifact.title}.csv`}>
            <Download aria-hidden />
            {t('artifact.download')}
          </a>
        </Button>
      </div>
      {isOpen && (
        <Suspense fallback={null}>
          <PageFile file={artifact.file} />
        </Suspense>
      )}
      {table !== null && rows.length > 0 && <PlainTable label={artifact.title} columns={table.columns} rows={rows} />}
      {table !== null && table.total > table.rows.length && (
        <p className="text-xs text-ink-faint">
          {t('artifact.firstRows', { shown: table.rows.length, total: table.total })}
        </p>
      )}
    </div>
  );
}
