import { Download, FileText } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { ChartTable } from './chart-table.tsx';

/** A file to take along; of one that holds a table, its first rows too. */
export function FileArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'file' }> }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const toFileAddress = useFileAddress();
  const { table } = artifact;
  return (
    <div className="grid min-w-0 gap-3 rounded-md border border-line bg-surface p-3">
      <div className="flex items-center gap-3">
        <FileText aria-hidden className="size-6 shrink-0 text-accent" />
        <div className="grid min-w-0 flex-1">
          <span className="truncate font-medium">{artifact.title}</span>
          <span className="text-xs text-ink-faint">
            {artifact.mediaType.split(';', 1)[0]} · {format.bytes(artifact.size)}
          </span>
        </div>
        <Button asChild size="small">
          <a href={toFileAddress(artifact.file)} download={table === null ? artifact.title : `${artifact.title}.csv`}>
            <Download aria-hidden />
            {t('artifact.download')}
          </a>
        </Button>
      </div>
      {table !== null && table.rows.length > 0 && (
        <ChartTable
          title={artifact.title}
          table={{ columns: table.columns, rows: table.rows.map((row) => row.map((cell) => String(cell ?? ''))) }}
        />
      )}
      {table !== null && table.total > table.rows.length && (
        <p className="text-xs text-ink-faint">
          {t('artifact.firstRows', { shown: table.rows.length, total: table.total })}
        </p>
      )}
    </div>
  );
}
