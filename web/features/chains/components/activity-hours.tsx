import type { WalletActivity } from '#server/contract/wallet-readings.ts';
import { useFormat } from '#web/lib/format.ts';
import { useLanguage, useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const weekdays = [1, 2, 3, 4, 5, 6, 7];
/** A Monday, so that the days of the week have their names. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** How often a wallet was active at each weekday and hour: the darker, the more. */
export function ActivityHours({ hours: counts, timeZone }: Pick<WalletActivity, 'hours' | 'timeZone'>) {
  const { t } = useTranslation('chains');
  const format = useFormat();
  const language = useLanguage();
  const names = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const most = Math.max(1, ...counts.map(({ transfers }) => transfers));
  const countOf = (weekday: number, hour: number) =>
    counts.find((one) => one.weekday === weekday && one.hour === hour)?.transfers ?? 0;
  return (
    <ScrollRegion label={t('wallet.hours.title')} className="relative rounded-md">
      <table className="w-full min-w-[34rem] table-fixed border-separate border-spacing-0.5 text-xs">
        <caption className="pb-2 text-left text-sm text-ink-soft">
          {t('wallet.hours.about', { zone: timeZone })}
        </caption>
        <thead>
          <tr>
            <th scope="col" className="w-12">
              <span className="sr-only">{t('wallet.hours.weekday')}</span>
            </th>
            {hours.map((hour) => (
              <th key={hour} scope="col" className="font-normal text-ink-faint tabular-nums">
                <span className={hour % 3 === 0 ? '' : 'sr-only'}>{hour}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday) => {
            const name = names.format(new Date(monday + (weekday - 1) * dayMs));
            return (
              <tr key={weekday}>
                <th scope="row" className="pr-2 text-left font-normal whitespace-nowrap text-ink-faint">
                  {name}
                </th>
                {hours.map((hour) => {
                  const count = countOf(weekday, hour);
                  return (
                    <td
                      key={hour}
                      className="relative h-6 rounded-sm bg-sunken p-0"
                      title={`${name} ${hour}:00 · ${format.number(count)}`}
                    >
                      {count > 0 && (
                        <span
                          className="absolute inset-0 rounded-sm bg-accent"
                          style={{ opacity: 0.2 + (0.8 * count) / most }}
                        />
                      )}
                      <span className="sr-only">{count}</span>
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
