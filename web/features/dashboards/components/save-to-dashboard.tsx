import { useMutation, useQueryClient } from '@tanstack/react-query';
import { LayoutDashboard } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { ChartView } from '#server/contract/chart-view.ts';
import { DashboardSummary } from '#server/contract/dashboard.ts';
import type { Execution } from '#server/contract/execution.ts';
import {
  addWidget,
  createDashboard,
  dashboardQuery,
  dashboardsKey,
  dashboardsPath,
} from '#web/features/dashboards/api/dashboard-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type SaveToDashboardProps = {
  execution: Execution;
  /** Null: as a table, or as a counter where the result is one figure. */
  view: ChartView | null;
  toAddress: (id: string) => string;
};

/** Puts a result on a dashboard, which is made where there is none yet. */
export function SaveToDashboard(props: SaveToDashboardProps) {
  const { t } = useTranslation('dashboards');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" icon={<LayoutDashboard aria-hidden />} onClick={() => setOpen(true)}>
        {t('keep.action')}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t('keep.title')} description={t('keep.text')}>
        <KeepForm {...props} />
      </Dialog>
    </>
  );
}

function KeepForm({ execution, view, toAddress }: SaveToDashboardProps) {
  const { t } = useTranslation('dashboards');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const list = usePageList({
    key: [...dashboardsKey, 'mine'],
    path: dashboardsPath,
    item: DashboardSummary,
    query: { of: 'mine' },
  });
  const [title, setTitle] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const dashboard = chosen ?? list.items?.[0]?.id ?? '';
  const [name, setName] = useState(t('keep.first'));
  const save = useMutation({
    mutationFn: async () => {
      const id = dashboard === '' ? (await createDashboard({ name: name.trim() })).id : dashboard;
      return addWidget(id, { execution: execution.id, title: title.trim(), show: toShow(execution, view) });
    },
    onSuccess: (saved) => {
      cache.setQueryData(dashboardQuery(saved.id).queryKey, saved);
      void cache.invalidateQueries({ queryKey: dashboardsKey });
      void navigate(toAddress(saved.id));
    },
    onError: showProblemToast,
  });
  return (
    <form
      className="grid grid-cols-1 gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextField
        label={t('form.title')}
        value={title}
        maxLength={120}
        onChange={({ target }) => setTitle(target.value)}
      />
      <SelectField
        label={t('keep.where')}
        value={dashboard}
        onChange={({ target }) => setChosen(target.value)}
        options={[
          ...(list.items ?? []).map(({ id, name: label }) => ({ value: id, label })),
          { value: '', label: t('list.new') },
        ]}
      />
      {dashboard === '' && (
        <TextField
          label={t('details.name')}
          value={name}
          maxLength={120}
          onChange={({ target }) => setName(target.value)}
        />
      )}
      <Button
        type="submit"
        variant="primary"
        className="justify-self-end"
        busy={save.isPending}
        disabled={title.trim() === '' || list.items === undefined || (dashboard === '' && name.trim() === '')}
      >
        {t('save')}
      </Button>
    </form>
  );
}

function toShow({ columns, rows }: Execution, view: ChartView | null) {
  const [first] = columns;
  if (view?.kind === 'counter')
    return { kind: 'counter' as const, column: view.y[0] ?? '', compare: 'refresh' as const, unit: '' };
  if (view !== null) return { kind: 'chart' as const, view };
  return rows === 1 && columns.length === 1 && first !== undefined
    ? { kind: 'counter' as const, column: first.name, compare: 'refresh' as const, unit: '' }
    : { kind: 'table' as const, columns: [] };
}
