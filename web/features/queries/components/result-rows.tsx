import { useQuery } from '@tanstack/react-query';
import { ListFilter } from 'lucide-react';
import { useState } from 'react';
import type { Execution } from '#server/contract/execution.ts';
import { rowsPerRequest, rowsQuery } from '#web/features/queries/api/execution-requests.ts';
import { quoteName } from '#web/features/queries/quote-name.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ResultGrid } from './result-grid.tsx';

const fewRows = 10;

/** The rows of a result, all or those that a filter leaves, which the hub finds. */
export function ResultRows({ execution }: { execution: Execution }) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const [written, write] = useState('');
  const [filter, setFilter] = useState('');
  const first = useQuery({
    ...rowsQuery(execution.id, { offset: 0, limit: rowsPerRequest, sorting: null, filter }),
    enabled: filter !== '',
  });
  const total = filter === '' ? execution.rows : first.data?.total;
  const [column] = execution.columns;
  const clear = () => {
    write('');
    setFilter('');
  };
  return (
    <>
      {execution.rows > fewRows && (
        <form
          className="flex flex-wrap items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            setFilter(written.trim());
          }}
        >
          <div className="min-w-0 grow basis-60">
            <TextField
              label={t('result.filter')}
              monospaced
              spellCheck={false}
              autoCapitalize="off"
              placeholder={`${quoteName(column?.name ?? 'amount')} > 1000 AND …`}
              value={written}
              onChange={({ target }) => write(target.value)}
            />
          </div>
          <Button type="submit" icon={<ListFilter aria-hidden />} busy={first.isFetching}>
            {t('result.applyFilter')}
          </Button>
          {filter !== '' && <Button onClick={clear}>{t('result.clearFilter')}</Button>}
          {filter !== '' && total !== undefined && (
            <p role="status" className="self-center text-sm text-ink-soft tabular-nums sm:w-full">
              {t('result.filtered', { rows: format.number(total), total: format.number(execution.rows) })}
            </p>
          )}
        </form>
      )}
      {filter !== '' && first.error && <ErrorPanel error={first.error} />}
      {total !== undefined && <ResultGrid key={filter} execution={{ ...execution, rows: total }} filter={filter} />}
    </>
  );
}
