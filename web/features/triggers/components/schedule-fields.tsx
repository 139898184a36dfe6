import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toTimeZoneOptions } from '#web/lib/time-zone-options.ts';
import {
  fromCron,
  minuteSteps,
  rhythms,
  type ScheduleChoice,
  toCron,
  usualChoice,
} from '#web/features/triggers/schedule-choice.ts';
import type { TriggerFormValues } from '#web/features/triggers/trigger-form-values.ts';
import { useWeekdays } from '#web/features/triggers/use-moment.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { NextTimes } from './next-times.tsx';

const days = Array.from({ length: 31 }, (_, index) => index + 1);

/** When a schedule is due: in people's words, or in the five fields of cron. */
export function ScheduleFields() {
  const { t } = useTranslation('triggers');
  const { register, setValue, watch, formState } = useFormContext<TriggerFormValues>();
  const weekdays = useWeekdays();
  const [cron, timeZone] = watch(['schedule.cron', 'schedule.timeZone']);
  const [isExpert, setIsExpert] = useState(() => fromCron(cron) === null);
  const choice = fromCron(cron) ?? usualChoice;
  const errors = formState.errors.schedule;
  const change = (changes: Partial<ScheduleChoice>) =>
    setValue('schedule.cron', toCron({ ...choice, ...changes }), { shouldDirty: true });
  const changeRhythm = (value: string) => {
    const every = rhythms.find((rhythm) => rhythm === value);
    setIsExpert(every === undefined);
    if (every !== undefined) change({ every });
  };
  const hasTime = !['minutes', 'hour'].includes(choice.every);

  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t('field.rhythm')}
          value={isExpert ? 'expert' : choice.every}
          onChange={(event) => changeRhythm(event.target.value)}
          options={[...rhythms, 'expert'].map((value) => ({ value, label: t(`rhythm.${value}`) }))}
        />
        {isExpert && (
          <TextField
            label={t('field.cron')}
            hint={t('field.cronHint')}
            monospaced
            spellCheck={false}
            {...register('schedule.cron')}
            error={errors?.cron?.message}
          />
        )}
        {!isExpert && choice.every === 'minutes' && (
          <SelectField
            label={t('field.minutes')}
            value={String(choice.minutes)}
            onChange={(event) => change({ minutes: Number(event.target.value) })}
            options={minuteSteps.map((step) => ({ value: String(step), label: String(step) }))}
          />
        )}
        {!isExpert && choice.every === 'week' && (
          <SelectField
            label={t('field.weekday')}
            value={String(choice.weekday)}
            onChange={(event) => change({ weekday: Number(event.target.value) })}
            options={weekdays.map(({ value, name }) => ({ value: String(value), label: name }))}
          />
        )}
        {!isExpert && choice.every === 'month' && (
          <SelectField
            label={t('field.day')}
            value={String(choice.day)}
            onChange={(event) => change({ day: Number(event.target.value) })}
            options={days.map((day) => ({ value: String(day), label: String(day) }))}
          />
        )}
        {!isExpert && hasTime && (
          <TextField
            type="time"
            label={t('field.time')}
            value={choice.time}
            onChange={(event) => event.target.value !== '' && change({ time: event.target.value })}
          />
        )}
        <SelectField
          label={t('field.timeZone')}
          {...register('schedule.timeZone')}
          error={errors?.timeZone?.message}
          options={toTimeZoneOptions(timeZone)}
        />
      </div>
      <NextTimes cron={cron} timeZone={timeZone} />
      <details className="grid gap-4">
        <summary className="w-fit rounded-sm py-1 text-sm text-ink-soft hover:text-ink">{t('field.more')}</summary>
        <div className="mt-2 grid gap-4 sm:grid-cols-2">
          <SelectField
            label={t('field.missed')}
            {...register('schedule.missed')}
            options={(['skip', 'run-once'] as const).map((value) => ({ value, label: t(`missed.${value}`) }))}
          />
          <TextField
            type="number"
            min={0}
            max={3600}
            label={t('field.jitter')}
            hint={t('field.jitterHint')}
            {...register('schedule.jitterSeconds', { valueAsNumber: true })}
            error={errors?.jitterSeconds?.message}
          />
        </div>
      </details>
    </div>
  );
}
