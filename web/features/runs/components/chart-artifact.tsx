import { ChartLine, Download, Table } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { toChartTable } from '#web/features/runs/to-chart-table.ts';
import { Button } from '#web/ui/button.tsx';
import { ChartTable } from './chart-table.tsx';

/** A chart as the hub drew it, or its data as a table. */
export function ChartArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'chart' }> }) {
  const { t } = useTranslation('runs');
  const [asTable, setAsTable] = useState(false);
  const table = useMemo(() => toChartTable(artifact.specification), [artifact.specification]);
  const address = useFileAddress()(artifact.file);
  return (
    <figure className="grid min-w-0 gap-2 rounded-lg border border-line bg-surface p-3">
      <figcaption className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{artifact.title}</span>
        <span className="flex flex-wrap gap-1">
          {table !== null && (
            <Button
              size="small"
              variant="quiet"
              icon={asTable ? <ChartLine aria-hidden /> : <Table aria-hidden />}
              onClick={() => setAsTable(!asTable)}
            >
              {asTable ? t('chart.asChart') : t('chart.asTable')}
            </Button>
          )}
          <Button asChild size="small" variant="quiet">
            <a href={address} download={`${artifact.title}.svg`}>
              <Download aria-hidden />
              {t('chart.saveSvg')}
            </a>
          </Button>
        </span>
      </figcaption>
      {asTable && table !== null ? (
        <ChartTable title={artifact.title} table={table} />
      ) : (
        <img
          src={address}
          alt={t('chart.picture', { title: artifact.title })}
          className="chart-paper mx-auto w-full max-w-2xl rounded-md"
        />
      )}
    </figure>
  );
}
