import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ChartTable as Table } from '#web/features/runs/to-chart-table.ts';
import { Button } from '#web/ui/button.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import '#web/features/runs/markdown/markdown.css';

const pageRows = 100;

/** A chart's data; long ones are shown in parts. */
export function ChartTable({ title, table }: { title: string; table: Table }) {
  const { t } = useTranslation('runs');
  const [shown, setShown] = useState(pageRows);
  return (
    <div className="grid gap-2">
      <ScrollRegion label={title} className="markdown-table max-h-96">
        <table>
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, shown).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {table.rows.length > shown && (
        <Button size="small" variant="quiet" onClick={() => setShown(shown + pageRows)}>
          {t('chart.moreRows', { count: table.rows.length - shown })}
        </Button>
      )}
    </div>
  );
}
