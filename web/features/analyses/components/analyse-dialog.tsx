import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type AnalysisKind, CombineValues, SeriesStep } from '#server/contract/analysis.ts';
import type { SqlColumn } from '#server/contract/sql.ts';
import { analysesKey, analysisQuery, createAnalysis } from '#web/features/analyses/api/analysis-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const numbers = /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/;
const times = /^(?:DATE|TIMESTAMP)/;

const Values = z.object({
  time: z.string(),
  value: z.string(),
  every: z.union([SeriesStep, z.literal('')]),
  combine: CombineValues,
  horizon: z.string().regex(/^\d{0,3}$/),
});

type Asked = {
  kind: AnalysisKind;
  name: string;
  source: { table: string } | { execution: string };
  columns: readonly SqlColumn[];
};
type AnalyseDialogProps = {
  asked: Asked | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** It is made, and known to the page that shows it. */
  onAnalysed: (analysis: string) => void;
};

/** Says of which columns, and begins. */
export function AnalyseDialog({ asked, open, onOpenChange, onAnalysed }: AnalyseDialogProps) {
  const { t } = useTranslation('analyses');
  const title = asked === null ? '' : t('form.title', { kind: t(`kinds.${asked.kind}`), name: asked.name });
  return (
    <Dialog
      open={open && asked !== null}
      onOpenChange={onOpenChange}
      title={title}
      description={asked === null ? '' : t(`form.about.${asked.kind}`)}
    >
      {asked !== null && <AnalyseForm key={asked.kind} asked={asked} onAnalysed={onAnalysed} />}
    </Dialog>
  );
}

function AnalyseForm({ asked, onAnalysed }: { asked: Asked } & Pick<AnalyseDialogProps, 'onAnalysed'>) {
  const { t } = useTranslation('analyses');
  const cache = useQueryClient();
  const { kind, name, source, columns } = asked;
  const ofNumbers = columns.filter(({ type }) => numbers.test(type));
  const ofTimes = columns.filter(({ type }) => times.test(type) || numbers.test(type));
  const time = columns.find(({ type }) => times.test(type))?.name ?? '';
  const form = useForm({
    resolver: formResolver(Values),
    defaultValues: {
      time,
      value: ofNumbers.find((column) => column.name !== time)?.name ?? '',
      every: '' as const,
      combine: kind === 'indicators' ? ('last' as const) : ('sum' as const),
      horizon: '',
    },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ time: chosen, value, every, combine, horizon }) => {
      const title = `${name}${kind === 'profile' ? '' : `: ${value}`}`.slice(0, 120);
      if (kind === 'profile') return createAnalysis(kind, { title, source });
      const series = {
        combine,
        ...(chosen !== '' && { time: chosen }),
        ...(value !== '' && { value }),
        ...(every !== '' && { every }),
      };
      const steps = kind === 'forecast' && horizon !== '' ? { horizon: Number(horizon) } : {};
      return createAnalysis(kind, { title, source, series, ...steps });
    },
    onDone: (analysis) => {
      cache.setQueryData(analysisQuery(analysis.id).queryKey, analysis);
      void cache.invalidateQueries({ queryKey: [...analysesKey, 'own'] });
      onAnalysed(analysis.id);
    },
  });
  const toOptions = (listed: readonly SqlColumn[]) =>
    listed.map((column) => ({ value: column.name, label: column.name }));
  return (
    <Form onSubmit={submit} error={error}>
      {kind !== 'profile' && (
        <>
          <SelectField label={t('form.value')} options={toOptions(ofNumbers)} {...form.register('value')} />
          <SelectField
            label={t('form.time')}
            options={[{ value: '', label: t('form.firstTime') }, ...toOptions(ofTimes)]}
            {...form.register('time')}
          />
          <SelectField
            label={t('form.every')}
            options={[
              { value: '', label: t('form.asIs') },
              ...SeriesStep.options.map((value) => ({ value, label: t(`form.steps.${value}`) })),
            ]}
            {...form.register('every')}
          />
          <SelectField
            label={t('form.combine')}
            options={CombineValues.options.map((value) => ({ value, label: t(`form.ways.${value}`) }))}
            {...form.register('combine')}
          />
        </>
      )}
      {kind === 'forecast' && (
        <TextField
          label={t('form.horizon')}
          hint={t('form.horizonHint')}
          optional
          inputMode="numeric"
          error={form.formState.errors.horizon?.message}
          {...form.register('horizon')}
        />
      )}
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('form.start')}
      </Button>
    </Form>
  );
}
