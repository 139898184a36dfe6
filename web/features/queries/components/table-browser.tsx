import { useQueryClient } from '@tanstack/react-query';
import { ChevronRight, Database, Ellipsis, Upload } from 'lucide-react';
import { useState } from 'react';
import type { QueryTable } from '#server/contract/dataset.ts';
import { deleteDataset } from '#web/features/queries/api/table-requests.ts';
import { tableListQuery } from '#web/lib/table-list-query.ts';
import type { AnalysisAsked } from '#web/features/queries/analysis-asked.ts';
import { quoteName } from '#web/features/queries/quote-name.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { AnalyseMenu } from './analyse-menu.tsx';
import { WrongChecksums } from './wrong-checksums.tsx';

const DatasetDialog = lazyDialog(async () => (await import('./dataset-dialog.tsx')).DatasetDialog);

type TableBrowserProps = {
  tables: readonly QueryTable[] | undefined;
  error: unknown;
  onRetry: () => unknown;
  /** Puts a name into the SQL. */
  onInsert: (text: string) => void;
  onQuery: (sql: string) => void;
  onAnalyse: (asked: AnalysisAsked) => void;
  onUpload: () => void;
};

/** The tables that can be read, with their columns; a name is put into the SQL with a press. */
export function TableBrowser({ tables, error, onRetry, onInsert, onQuery, onAnalyse, onUpload }: TableBrowserProps) {
  const { t } = useTranslation('queries');
  const format = useFormat();
  const localize = useLocalized();
  const describe = ({ description, descriptionWords }: QueryTable) =>
    descriptionWords === undefined ? description : localize(descriptionWords);
  const cache = useQueryClient();
  const [changed, setChanged] = useState<QueryTable | null>(null);
  const items = useWithoutDeleted(tables?.map((table) => ({ id: table.datasetId ?? table.name, table })));
  const reload = () => cache.invalidateQueries(tableListQuery);
  const remove = (id: string, name: string) =>
    deleteWithUndo({
      id,
      title: t('tables.removed', { name }),
      detail: t('tables.removedText'),
      send: () => deleteDataset(id),
      reload,
    });

  return (
    <>
      <ListStates
        items={items}
        error={error}
        onRetry={onRetry}
        empty={
          <EmptyState
            title={t('tables.noneTitle')}
            icon={<Database />}
            action={
              <Button icon={<Upload aria-hidden />} onClick={onUpload}>
                {t('tables.upload')}
              </Button>
            }
          >
            {t('tables.noneText')}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="grid grid-cols-1 gap-1">
            {shown.map(({ id, table }) => (
              <li key={id}>
                <details className="group rounded-md open:bg-sunken">
                  <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-md px-2 text-sm -outline-offset-2 hover:bg-sunken [&::-webkit-details-marker]:hidden">
                    <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint group-open:rotate-90" />
                    <span className="min-w-0 flex-1 truncate font-medium" title={describe(table)}>
                      {table.name}
                    </span>
                    {table.rows !== null && (
                      <span className="text-xs text-ink-faint tabular-nums">
                        {t('tables.rows', { count: table.rows, rows: format.number(table.rows) })}
                      </span>
                    )}
                  </summary>
                  <div className="grid grid-cols-1 gap-1 px-2 pb-2">
                    <div className="flex flex-wrap items-center gap-1 pl-4">
                      <Button
                        size="small"
                        variant="quiet"
                        onClick={() => onQuery(`SELECT * FROM ${quoteName(table.name)} LIMIT 100`)}
                      >
                        {t('tables.look')}
                      </Button>
                      <Button size="small" variant="quiet" onClick={() => onInsert(quoteName(table.name))}>
                        {t('tables.insert')}
                      </Button>
                      <AnalyseMenu
                        quiet
                        name={table.name}
                        source={{ table: table.name }}
                        columns={table.columns}
                        onAnalyse={onAnalyse}
                      />
                      {table.datasetId !== null && (
                        <Menu
                          label={t('tables.more', { name: table.name })}
                          align="end"
                          trigger={
                            <IconButton
                              size="small"
                              label={t('tables.more', { name: table.name })}
                              icon={<Ellipsis />}
                            />
                          }
                        >
                          <MenuItem onSelect={() => setChanged(table)}>{t('tables.change')}</MenuItem>
                          <MenuItem onSelect={() => remove(table.datasetId ?? '', table.name)}>
                            {t('tables.remove')}
                          </MenuItem>
                        </Menu>
                      )}
                    </div>
                    {table.wrongChecksums && <WrongChecksums found={table.wrongChecksums} name={table.name} />}
                    <ul aria-label={t('tables.columns', { name: table.name })}>
                      {table.columns.map(({ name, type }) => (
                        <li key={name}>
                          <button
                            type="button"
                            onClick={() => onInsert(quoteName(name))}
                            className="flex min-h-8 w-full items-center gap-2 rounded-sm pr-1 pl-6 text-left text-sm -outline-offset-2 hover:text-accent"
                          >
                            <span translate="no" className="min-w-0 flex-1 truncate">
                              {name}
                            </span>
                            <span className="shrink-0 text-xs text-ink-faint">{type}</span>
                          </button>
                        </li>
                      ))}
                    </ul>
                  </div>
                </details>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <DatasetDialog table={changed} open={changed !== null} onOpenChange={() => setChanged(null)} onSaved={reload} />
    </>
  );
}
