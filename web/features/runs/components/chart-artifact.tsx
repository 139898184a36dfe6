import { ChartLine, Download, Table } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { readSvgSize } from '#web/features/runs/drawing/size-svg.ts';
import { toPng } from '#web/features/runs/drawing/to-png.ts';
import { toChartTable } from '#web/features/runs/to-chart-table.ts';
import { byteOrderMark, toCsv } from '#server/contract/to-csv.ts';
import { classNames } from '#web/lib/class-names.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { Button } from '#web/ui/button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { LargerPicture } from './larger-picture.tsx';
import { PlainTable } from './plain-table.tsx';
import { useChart } from './use-chart.ts';

/** A chart in the theme's colours, or its data as a table. What is saved is the chart as the hub drew it, on paper. */
export function ChartArtifact({ artifact }: { artifact: Extract<Artifact, { kind: 'chart' }> }) {
  const { t } = useTranslation('runs');
  const { title, specification } = artifact;
  const [asTable, setAsTable] = useState(false);
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const table = useMemo(() => toChartTable(specification), [specification]);
  const { isDrawing, svg, isOld } = useChart(artifact, place);
  const drawn = useObjectUrl(svg, 'image/svg+xml');
  const stored = useFileAddress()(artifact.file);
  const savePng = () => void toPng(stored).then((png) => saveFile(toSavedName(title, 'png'), png), showProblemToast);
  const saveCsv = () => {
    if (table === null) return;
    // Spreadsheets read Chinese wrongly without the mark.
    saveFile(
      toSavedName(title, 'csv'),
      new Blob([byteOrderMark, toCsv([table.columns, ...table.rows])], { type: 'text/csv' }),
    );
  };
  return (
    <figure className="grid min-w-0 grid-cols-1 gap-2 rounded-lg border border-line bg-surface p-3">
      <figcaption className="flex flex-wrap items-center justify-between gap-2">
        <span className="min-w-0 font-medium wrap-anywhere">{title}</span>
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
          <Menu
            label={t('chart.save')}
            trigger={
              <Button size="small" variant="quiet" icon={<Download aria-hidden />}>
                {t('chart.save')}
              </Button>
            }
          >
            <MenuItem onSelect={savePng}>{t('chart.savePng')}</MenuItem>
            <MenuItem asChild>
              <a href={stored} download={toSavedName(title, 'svg')}>
                {t('chart.saveSvg')}
              </a>
            </MenuItem>
            {table !== null && <MenuItem onSelect={saveCsv}>{t('chart.saveCsv')}</MenuItem>}
          </Menu>
        </span>
      </figcaption>
      <div ref={setPlace} className="grid min-w-0 grid-cols-1" aria-busy={isDrawing || isOld}>
        {asTable && table !== null ? (
          <PlainTable label={title} columns={table.columns} rows={table.rows} />
        ) : isDrawing || (svg !== null && drawn === null) ? (
          <div
            role="img"
            aria-label={t('chart.picture', { title })}
            className="h-60 animate-breathe rounded-md bg-sunken"
          />
        ) : (
          <LargerPicture
            pictures={[{ address: drawn ?? stored, title, fileName: toSavedName(title, 'svg') }]}
            className="mx-auto"
          >
            <img
              src={drawn ?? stored}
              alt={t('chart.picture', { title })}
              className={classNames('h-auto max-w-full rounded-md', isOld && 'invisible')}
              {...(svg !== null && readSvgSize(svg))}
            />
          </LargerPicture>
        )}
      </div>
    </figure>
  );
}
