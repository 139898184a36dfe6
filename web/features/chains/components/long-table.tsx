import { type ComponentProps, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';

const few = 8;

/** A table of which the first rows are shown, and the others when they are asked for. */
export function LongTable<Row>({ rows, ...table }: ComponentProps<typeof DataTable<Row>>) {
  const { t } = useTranslation('chains');
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <DataTable {...table} rows={isWhole ? rows : rows.slice(0, few)} />
      {!isWhole && rows.length > few && (
        <Button size="small" className="justify-self-start" onClick={() => setWhole(true)}>
          {t('wallet.table.all', { count: rows.length })}
        </Button>
      )}
    </>
  );
}
