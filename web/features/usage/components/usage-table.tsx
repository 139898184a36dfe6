import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { UsageQuery, UsageReport, UsageRow } from '#server/contract/usage-report.ts';
import { useFormat } from '#web/lib/format.ts';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { UsageCost } from './usage-cost.tsx';

type UsageTableProps = { report: UsageReport; groupBy: UsageQuery['groupBy']; onPerson: (person: string) => void };

/** A report's rows with their totals. */
export function UsageTable({ report, groupBy, onPerson }: UsageTableProps) {
  const { t } = useTranslation('usage');
  const format = useFormat();

  const columns: Column<UsageRow>[] = [
    {
      key: 'group',
      header: t(`group.${groupBy}`),
      isRowHeader: true,
      cell: (row) => {
        if (row === report.total) return t('total');
        const name = groupBy === 'day' ? format.calendarDay(row.group) : row.label || t('none');
        return groupBy === 'person' ? (
          <button
            type="button"
            className="text-link w-fit text-left"
            aria-label={t('onlyPerson', { name })}
            onClick={() => onPerson(row.group)}
          >
            {name}
          </button>
        ) : (
          name
        );
      },
    },
    { key: 'runs', header: t('column.runs'), align: 'end', cell: (row) => format.number(row.runs) },
    { key: 'input', header: t('column.input'), align: 'end', cell: (row) => format.number(row.usage.inputTokens) },
    {
      key: 'cached',
      header: t('column.cached'),
      align: 'end',
      cell: (row) => format.number(row.usage.cachedInputTokens),
    },
    { key: 'output', header: t('column.output'), align: 'end', cell: (row) => format.number(row.usage.outputTokens) },
    { key: 'cost', header: t('column.cost'), align: 'end', cell: (row) => <UsageCost row={row} /> },
  ];

  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={report.rows}
      rowKey={({ group }) => group}
      footer={report.total}
    />
  );
}
