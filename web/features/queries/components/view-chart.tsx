import { ChartLine, Download, Table } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ChartView } from '#server/contract/chart-view.ts';
import type { ResultPage } from '#server/contract/execution.ts';
import { findViewFault, listViewColumns, toViewChart } from '#server/contract/to-view-chart.ts';
import { toCell } from '#web/features/queries/to-cell.ts';
import { PlainTable } from '#web/features/runs/components/plain-table.tsx';
import { useChart } from '#web/features/runs/components/use-chart.ts';
import { readSvgSize } from '#web/features/runs/drawing/size-svg.ts';
import { toPng } from '#web/features/runs/drawing/to-png.ts';
import { byteOrderMark, toCsv } from '#server/contract/to-csv.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

type ViewChartProps = {
  title: string;
  view: ChartView;
  page: Pick<ResultPage, 'columns' | 'rows'>;
  /** How high it is at most. */
  heightPx?: number | undefined;
};

/** Rows as a chart in the theme's colours, or as a table; saved as PNG, SVG or CSV. */
export function ViewChart({ title, view, page, heightPx }: ViewChartProps) {
  const { t } = useTranslation('queries');
  const [asTable, setAsTable] = useState(false);
  if (findViewFault(view, page.columns) !== null) return <Notice>{t('chart.unfit')}</Notice>;
  return (
    <div className="grid min-w-0 grid-cols-1 gap-2">
      <Drawn
        title={title}
        view={view}
        page={page}
        heightPx={heightPx}
        asTable={asTable}
        onTable={() => setAsTable(!asTable)}
      />
    </div>
  );
}

function Drawn({
  title,
  view,
  page,
  heightPx,
  asTable,
  onTable,
}: ViewChartProps & { asTable: boolean; onTable: () => void }) {
  const { t, language } = useTranslation('queries');
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const chart = useMemo(() => {
    const specification = toViewChart(view, page, language === 'zh-CN' ? 'zh' : 'en');
    return { title, specification: heightPx === undefined ? specification : { ...specification, ...fixed(heightPx) } };
  }, [title, view, page, heightPx, language]);
  const { isDrawing, svg, isOld } = useChart(chart, place);
  const address = useObjectUrl(svg, 'image/svg+xml');
  const table = useMemo(() => toTable(view, page), [view, page]);
  const savePng = () => {
    if (address !== null) void toPng(address).then((png) => saveFile(toSavedName(title, 'png'), png), showProblemToast);
  };
  const saveCsv = () =>
    // Spreadsheets read Chinese wrongly without the mark.
    saveFile(
      toSavedName(title, 'csv'),
      new Blob([byteOrderMark, toCsv([table.columns, ...table.rows])], { type: 'text/csv' }),
    );
  return (
    <>
      <div ref={setPlace} className="grid min-w-0 grid-cols-1" aria-busy={isDrawing || isOld}>
        {asTable ? (
          <PlainTable label={title} columns={table.columns} rows={table.rows} />
        ) : svg !== null && address !== null ? (
          <img
            src={address}
            alt={t('chart.picture', { title })}
            className={classNames('mx-auto h-auto max-w-full rounded-md', isOld && 'invisible')}
            {...readSvgSize(svg)}
          />
        ) : isDrawing || svg !== null ? (
          <div className="h-60 animate-breathe rounded-md bg-sunken" />
        ) : (
          <Notice tone="warning">{t('chart.failed')}</Notice>
        )}
      </div>
      <div className="flex flex-wrap justify-end gap-1">
        <IconButton
          size="small"
          label={t(asTable ? 'result.asChart' : 'chart.asTable')}
          icon={asTable ? <ChartLine aria-hidden /> : <Table aria-hidden />}
          onClick={onTable}
        />
        <Menu
          label={t('chart.save')}
          trigger={<IconButton size="small" label={t('chart.save')} icon={<Download aria-hidden />} />}
        >
          <MenuItem onSelect={savePng}>PNG</MenuItem>
          {address !== null && (
            <MenuItem asChild>
              <a href={address} download={toSavedName(title, 'svg')}>
                SVG
              </a>
            </MenuItem>
          )}
          <MenuItem onSelect={saveCsv}>CSV</MenuItem>
        </Menu>
      </div>
    </>
  );
}

/** Drawn for a narrow place, so that a wider one changes only its width. */
const fixed = (height: number) => ({ width: 200, height });

function toTable(view: ChartView, { columns, rows }: ViewChartProps['page']) {
  const shown = listViewColumns(view);
  const places = columns.flatMap(({ name }, index) => (shown.includes(name) ? [index] : []));
  return {
    columns: places.map((place) => columns[place]?.name ?? ''),
    rows: rows.map((row) => places.map((place) => toCell(row[place]))),
  };
}
