import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { scheduleTimesQuery } from '#web/features/triggers/api/trigger-requests.ts';
import { localTimeZone, useMoment } from '#web/features/triggers/use-moment.ts';
import { toApiProblem } from '#web/lib/api-problem.ts';

const patienceMs = 300;

/** The next five times of a schedule, as it stands in the form. */
export function NextTimes({ cron, timeZone }: { cron: string; timeZone: string }) {
  const { t } = useTranslation('triggers');
  const toMoment = useMoment();
  const asked = useSettled(cron.trim());
  const { data, error } = useQuery({ ...scheduleTimesQuery(asked, timeZone), enabled: asked !== '' });
  const issue = toApiProblem(error)?.problem.errors?.[0]?.message;
  const isLocal = timeZone === localTimeZone();
  return (
    <div role="status" className="rounded-md border border-line bg-sunken p-3 text-sm">
      <p className="text-xs text-ink-faint">{t('next.title', { timeZone })}</p>
      {error ? (
        <p className="text-danger">{issue ?? t('next.unknown')}</p>
      ) : (
        <ol className="mt-1 grid gap-0.5 tabular-nums">
          {data?.times.map((time) => (
            <li key={time}>
              {toMoment(time, timeZone)}
              {!isLocal && <span className="text-ink-faint"> · {t('next.local', { time: toMoment(time) })}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** A text once nobody has changed it for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), patienceMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
