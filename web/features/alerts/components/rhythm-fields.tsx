import { useFormContext } from 'react-hook-form';
import type { AlertFormValues } from '#web/features/alerts/alert-form-values.ts';
import { rhythms } from '#web/features/alerts/rhythm-choice.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toTimeZoneOptions } from '#web/lib/time-zone-options.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

/** How often a query is run: every so many minutes, at a time of days, or by the five fields of cron. */
export function RhythmFields() {
  const { t } = useTranslation('alerts');
  const { register, watch, formState } = useFormContext<AlertFormValues>();
  const [every, timeZone] = watch(['watch.rhythm.every', 'watch.rhythm.timeZone']);
  const errors = formState.errors.watch?.rhythm;
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label={t('field.rhythm')}
        options={rhythms.map((value) => ({ value, label: t(`rhythm.${value}`) }))}
        {...register('watch.rhythm.every')}
      />
      {every === 'minutes' && (
        <TextField
          type="number"
          min={1}
          max={10_080}
          label={t('field.everyMinutes')}
          {...register('watch.rhythm.everyMinutes', { valueAsNumber: true })}
          error={errors?.everyMinutes?.message ?? errors?.message}
        />
      )}
      {(every === 'day' || every === 'weekdays') && (
        <TextField
          type="time"
          required
          label={t('field.time')}
          {...register('watch.rhythm.time')}
          error={errors?.cron?.message ?? errors?.message}
        />
      )}
      {every === 'cron' && (
        <TextField
          label={t('field.cron')}
          hint={t('field.cronHint')}
          monospaced
          spellCheck={false}
          {...register('watch.rhythm.cron')}
          error={errors?.cron?.message ?? errors?.message}
        />
      )}
      {every !== 'minutes' && (
        <SelectField
          label={t('field.timeZone')}
          options={toTimeZoneOptions(timeZone)}
          {...register('watch.rhythm.timeZone')}
          error={errors?.timeZone?.message}
        />
      )}
    </div>
  );
}
