import { useQuery, useQueryClient } from '@tanstack/react-query';
import { AlignLeft, Copy, Ellipsis, FilePlus2, Play, Save, Upload } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Execution, TableRead } from '#server/contract/execution.ts';
import type { SavedQuery } from '#server/contract/saved-query.ts';
import { SqlEngineName } from '#server/contract/sql-engine.ts';
import type { SqlParameter } from '#server/contract/sql.ts';
import { ChainData } from '#web/features/indexes/components/chain-data.tsx';
import { deleteQuery, forkQuery, savedQueryQuery, updateQuery } from '#web/features/queries/api/query-requests.ts';
import { duneAccessQuery } from '#web/features/queries/api/dune-requests.ts';
import { findParameters } from '#web/features/queries/find-parameters.ts';
import { toPlaceInEditor } from '#web/features/queries/to-place-in-editor.ts';
import type { SelectedSql, SqlEditorHandle } from '#web/features/queries/editor/sql-editor.tsx';
import type { AnalysisAsked } from '#web/features/queries/analysis-asked.ts';
import type { AskedSql } from '#web/features/queries/find-asked-sql.ts';
import { useExecution } from '#web/features/queries/use-execution.ts';
import { useFormatSql } from '#web/features/queries/use-format-sql.ts';
import { keepComposerDraft, longestDraft, readComposerDraft } from '#web/lib/composer-drafts.ts';
import { tableListQuery } from '#web/lib/table-list-query.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Kbd } from '#web/ui/kbd.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { Tabs } from '#web/ui/tabs.tsx';
import { EngineChoice } from './engine-choice.tsx';
import { HistoryList, historyKey } from './history-list.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import { QueryList, queryListKey } from './query-list.tsx';
import { QueryStarters } from './query-starters.tsx';
import { type ResultActions, RunResult } from './run-result.tsx';
import { SqlField } from './sql-field.tsx';
import { TableBrowser } from './table-browser.tsx';
import { UploadArea } from './upload-area.tsx';

const SaveDialog = lazyDialog(async () => (await import('./save-dialog.tsx')).SaveDialog);
const VersionsDialog = lazyDialog(async () => (await import('./versions-dialog.tsx')).VersionsDialog);

type WorkbenchProps = {
  /** The saved query that is open, as the address names it. */
  queryId: string | null;
  /** What is shown to begin with, where no saved query is open. Nothing runs by itself. */
  asked?: AskedSql | null;
  onOpenQuery: (id: string | null) => void;
  /** Begins an analysis of a table. */
  onAnalyse: (asked: AnalysisAsked) => void;
  /** What else stands beside the page's title. */
  moreActions?: ReactNode;
  resultActions?: ResultActions | undefined;
};

/** SQL over tables: what there is, what is asked, what comes of it. */
export function Workbench({ queryId, ...rest }: WorkbenchProps) {
  const { data, error, refetch } = useQuery({ ...savedQueryQuery(queryId ?? ''), enabled: queryId !== null });
  if (queryId !== null && error) return <ErrorPanel error={error} onRetry={refetch} />;
  if (queryId !== null && data === undefined) return <div className="h-96 animate-breathe rounded-lg bg-sunken" />;
  return <Desks query={queryId === null ? null : (data ?? null)} {...rest} />;
}

type DesksProps = Omit<WorkbenchProps, 'queryId'> & { query: SavedQuery | null };

const toVersion = ({ id, version }: SavedQuery) => `${id} ${version}`;

/** A desk for each query and version; what was saved stays on the desk where it was written, with its result. */
function Desks({ query, asked = null, ...rest }: DesksProps) {
  const shown = query === null ? `new ${asked?.engine ?? ''} ${asked?.sql ?? ''}` : toVersion(query);
  const [saved, setSaved] = useState<string | null>(null);
  const [desk, setDesk] = useState({ shown, number: 0 });
  if (desk.shown !== shown) {
    setDesk({ shown, number: shown === saved ? desk.number : desk.number + 1 });
    setSaved(null);
  }
  return <Desk key={desk.number} query={query} asked={asked} onSaved={(kept) => setSaved(toVersion(kept))} {...rest} />;
}

type DeskProps = DesksProps & { asked: AskedSql | null; onSaved: (saved: SavedQuery) => void };

function Desk({ query, asked: given, onSaved, onOpenQuery, onAnalyse, moreActions, resultActions }: DeskProps) {
  const { t } = useTranslation('queries');
  const cache = useQueryClient();
  const tables = useQuery(tableListQuery);
  const draftKey = `sql:${query?.id ?? 'new'}`;
  const [sql, write] = useState(() => given?.sql ?? (readComposerDraft(draftKey) || (query?.sql ?? '')));
  const ownEngine = query?.engine ?? given?.engine ?? 'duckdb';
  const engineKey = `${draftKey}:engine`;
  const [engine, chooseEngine] = useState<SqlEngineName>(
    () => (given === null ? SqlEngineName.safeParse(readComposerDraft(engineKey)).data : undefined) ?? ownEngine,
  );
  const dune = useQuery(duneAccessQuery);
  const [known, setKnown] = useState<SqlParameter[]>(query?.parameters ?? given?.parameters ?? []);
  const [tab, setTab] = useState<'tables' | 'chains' | 'saved' | 'history'>('tables');
  const [open, setOpen] = useState<'save' | 'versions' | null>(null);
  const [isUploading, setUploading] = useState(false);
  const editor = useRef<SqlEditorHandle>(null);
  const runButton = useRef<HTMLButtonElement>(null);
  const { state, start, cancel, show } = useExecution();
  const [selected, select] = useState<SelectedSql | null>(null);
  /** Where in the editor began what was run last. */
  const [ranFrom, setRanFrom] = useState(0);
  const parameters = findParameters(sql, known);
  const fault = state.kind === 'ended' ? toPlaceInEditor(state.execution, sql, ranFrom) : null;
  const isRunning = state.kind === 'running';
  const isChanged =
    query !== null &&
    (sql !== query.sql || engine !== query.engine || JSON.stringify(parameters) !== JSON.stringify(query.parameters));

  /** What an address asked to be shown takes no draft's place. */
  const keepDraft = (key: string, text: string) => {
    if (given === null) keepComposerDraft(key, text);
  };
  const setSql = (text: string) => {
    write(text);
    const isKept = text !== (query?.sql ?? '') && text.length <= longestDraft;
    keepDraft(draftKey, isKept ? text : '');
  };
  const setEngine = (chosen: SqlEngineName) => {
    chooseEngine(chosen);
    keepDraft(engineKey, chosen === ownEngine ? '' : chosen);
  };
  /** The devnet's tables are laid by the first query that names them, and an index grows meanwhile. */
  const isNews = (read: TableRead) => tables.data?.items.find(({ name }) => name === read.table)?.rows !== read.rows;
  const run = (asked = sql, values = parameters, by = engine) => {
    if (asked.trim() === '') return;
    const isSaved = query !== null && asked === query.sql && by === query.engine;
    void start({ sql: asked, engine: by, parameters: values, ...(isSaved && { query: query.id }) }).then((ended) => {
      void cache.invalidateQueries({ queryKey: historyKey });
      if (ended !== null && ended.reads.some(isNews)) void cache.invalidateQueries(tableListQuery);
    });
  };
  const runWritten = () => {
    setRanFrom(selected?.from ?? 0);
    if (selected === null) run();
    else run(selected.text, findParameters(selected.text, parameters));
  };
  const format = useFormatSql(setSql);
  const look = (asked: string) => {
    setSql(asked);
    setEngine('duckdb');
    run(asked, [], 'duckdb');
  };
  const openHistory = (execution: Execution) => {
    setSql(execution.sql);
    setKnown(execution.parameters);
    setEngine(execution.engine);
    show(execution);
  };
  const remember = (saved: SavedQuery) => {
    cache.setQueryData(savedQueryQuery(saved.id).queryKey, saved);
    void cache.invalidateQueries({ queryKey: queryListKey });
  };
  const keep = (saved: SavedQuery) => {
    keepDraft(draftKey, '');
    keepDraft(engineKey, '');
    remember(saved);
    onOpenQuery(saved.id);
  };
  const goOn = (saved: SavedQuery) => {
    // The hub keeps it without the space around it.
    if (sql.trim() === saved.sql) write(saved.sql);
    onSaved(saved);
    keep(saved);
  };
  const save = () => {
    if (query === null || !query.can.edit) return setOpen('save');
    void updateQuery(query.id, { sql, engine, parameters }).then(goOn, showProblemToast);
  };
  const fork = () => query && void forkQuery(query.id).then(keep, showProblemToast);
  const archive = () =>
    query && void updateQuery(query.id, { isArchived: !query.isArchived }).then(remember, showProblemToast);
  const remove = () => {
    if (query === null) return;
    onOpenQuery(null);
    deleteWithUndo({
      id: query.id,
      title: t('saved.removed', { name: query.name }),
      detail: t('saved.removedText'),
      send: () => deleteQuery(query.id),
      reload: () => cache.invalidateQueries({ queryKey: queryListKey }),
    });
  };

  return (
    <UploadArea
      isOpen={isUploading}
      onOpenChange={setUploading}
      onUploaded={() => void cache.invalidateQueries(tableListQuery)}
    >
      <PageHeader
        title={query?.name ?? t('title')}
        description={query === null ? t('description') : query.description}
        actions={
          <>
            {query !== null && (
              <Button icon={<FilePlus2 aria-hidden />} onClick={() => onOpenQuery(null)}>
                {t('action.new')}
              </Button>
            )}
            {moreActions}
            <Button icon={<Upload aria-hidden />} onClick={() => setUploading(true)}>
              {t('tables.upload')}
            </Button>
          </>
        }
      />
      <div className="grid min-w-0 grid-cols-1 gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="order-last min-w-0 lg:order-first">
          <Tabs
            label={t('browse')}
            value={tab}
            onValueChange={setTab}
            tabs={[
              {
                value: 'tables',
                label: t('tables.title'),
                content: (
                  <TableBrowser
                    tables={tables.data?.items}
                    error={tables.error}
                    onRetry={tables.refetch}
                    onInsert={(text) => editor.current?.insert(text)}
                    onQuery={look}
                    onAnalyse={onAnalyse}
                    onUpload={() => setUploading(true)}
                  />
                ),
              },
              {
                value: 'chains',
                label: t('chains'),
                content: <ChainData onQuery={look} onChanged={() => cache.invalidateQueries(tableListQuery)} />,
              },
              {
                value: 'saved',
                label: t('saved.title'),
                content: <QueryList chosen={query?.id ?? null} onOpen={({ id }) => onOpenQuery(id)} />,
              },
              { value: 'history', label: t('history.title'), content: <HistoryList onOpen={openHistory} /> },
            ]}
          />
        </div>
        <div className="grid min-w-0 grid-cols-1 content-start gap-4">
          <SqlField
            handle={editor}
            value={sql}
            onChange={setSql}
            onRun={runWritten}
            onFormat={() => format(sql, engine)}
            onSelect={select}
            onLeave={() => runButton.current?.focus()}
            tables={engine === 'dune' ? noTables : (tables.data?.items ?? noTables)}
            fault={fault}
            label={t('editor.label')}
            hint={t('editor.hint')}
          />
          <ParameterFields parameters={parameters} onChange={setKnown} />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              ref={runButton}
              variant="primary"
              icon={<Play aria-hidden />}
              busy={isRunning}
              disabled={sql.trim() === ''}
              onClick={runWritten}
            >
              {t(selected === null ? 'run.start' : 'run.selected')}
            </Button>
            <span className="mr-2 hidden text-xs text-ink-faint md:inline">
              <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
            </span>
            <Button
              icon={<Save aria-hidden />}
              disabled={sql.trim() === '' || (query?.can.edit === true && !isChanged)}
              onClick={save}
            >
              {t(query?.can.edit === true ? 'action.saveVersion' : 'action.save')}
            </Button>
            <IconButton
              label={t('format.action')}
              icon={<AlignLeft />}
              aria-keyshortcuts="Shift+Alt+F"
              disabled={sql.trim() === ''}
              onClick={() => format(sql, engine)}
            />
            {query !== null && !query.can.edit && (
              <Button icon={<Copy aria-hidden />} onClick={fork}>
                {t('saved.fork')}
              </Button>
            )}
            {query !== null && (
              <Menu label={t('saved.more')} trigger={<IconButton label={t('saved.more')} icon={<Ellipsis />} />}>
                <MenuItem onSelect={() => setOpen('versions')}>{t('versions.title')}</MenuItem>
                {query.can.edit && <MenuItem onSelect={() => setOpen('save')}>{t('save.details')}</MenuItem>}
                {query.can.edit && <MenuItem onSelect={fork}>{t('saved.fork')}</MenuItem>}
                {query.can.edit && (
                  <MenuItem onSelect={archive}>{t(query.isArchived ? 'saved.unarchive' : 'saved.archive')}</MenuItem>
                )}
                {query.can.edit && <MenuItem onSelect={remove}>{t('saved.remove')}</MenuItem>}
              </Menu>
            )}
            <EngineChoice engine={engine} access={dune.data} onChange={setEngine} />
          </div>
          {state.kind === 'none' && query === null && sql.trim() === '' && (
            <QueryStarters tables={tables.data?.items ?? noTables} onQuery={look} onUpload={() => setUploading(true)} />
          )}
          <RunResult
            state={state}
            onCancel={cancel}
            onGoToFault={() => fault && editor.current?.goToFault(fault)}
            actions={resultActions}
          />
        </div>
      </div>
      <SaveDialog
        query={query?.can.edit === true ? query : null}
        content={{ sql, engine, parameters }}
        open={open === 'save'}
        onOpenChange={() => setOpen(null)}
        onSaved={goOn}
      />
      <VersionsDialog query={query} open={open === 'versions'} onOpenChange={() => setOpen(null)} onRestored={keep} />
    </UploadArea>
  );
}

const noTables = [] as const;
