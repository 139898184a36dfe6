import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ChartView } from '#server/contract/chart-view.ts';
import { chartListQuery, deleteChart, saveChart } from '#web/features/queries/api/chart-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type SavedChartsProps = { queryId: string; view: ChartView; onChoose: (view: ChartView) => void };

/** Charts that are kept with the query: chosen, added and deleted. */
export function SavedCharts({ queryId, view, onChoose }: SavedChartsProps) {
  const { t } = useTranslation('queries');
  const cache = useQueryClient();
  const { data } = useQuery(chartListQuery(queryId));
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const items = data?.items ?? [];
  const reload = () => cache.invalidateQueries(chartListQuery(queryId));
  const save = useMutation({
    mutationFn: () => saveChart(queryId, { name: name.trim(), view }),
    onSuccess: ({ id }) => {
      setName('');
      setChosen(id);
    },
    onError: showProblemToast,
    onSettled: reload,
  });
  const remove = useMutation({
    mutationFn: () => deleteChart(queryId, chosen),
    onSuccess: () => setChosen(''),
    onError: showProblemToast,
    onSettled: reload,
  });
  const choose = (id: string) => {
    setChosen(id);
    const chart = items.find((one) => one.id === id);
    if (chart !== undefined) onChoose(chart.view);
  };
  return (
    <div className="flex min-w-0 flex-wrap items-end gap-2">
      {items.length > 0 && (
        <SelectField
          label={t('chart.saved')}
          value={chosen}
          onChange={({ target }) => choose(target.value)}
          options={[{ value: '', label: '–' }, ...items.map(({ id, name: label }) => ({ value: id, label }))]}
        />
      )}
      {chosen !== '' && (
        <IconButton label={t('chart.remove')} icon={<Trash2 aria-hidden />} onClick={() => remove.mutate()} />
      )}
      <TextField
        label={t('chart.name')}
        value={name}
        maxLength={120}
        onChange={({ target }) => setName(target.value)}
      />
      <Button
        icon={<Save aria-hidden />}
        busy={save.isPending}
        disabled={name.trim() === ''}
        onClick={() => save.mutate()}
      >
        {t('chart.keep')}
      </Button>
    </div>
  );
}
