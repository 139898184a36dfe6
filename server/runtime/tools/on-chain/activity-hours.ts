import type { JsonObject } from '#server/contract/json.ts';
import type { WalletActivity } from '#server/contract/wallet-readings.ts';

const words = {
  en: {
    title: 'Active hours',
    transfers: 'Transfers',
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  },
  zh: { title: '活跃时段', transfers: '转账次数', days: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] },
};

/** At which weekdays and hours a wallet was active, as a heat map of a whole week: the darker, the more transfers. */
export function toActivityHours(
  { hours, timeZone }: Pick<WalletActivity, 'hours' | 'timeZone'>,
  language: 'en' | 'zh',
): { title: string; specification: JsonObject } {
  const said = words[language];
  const title = `${said.title} (${timeZone})`;
  const rows = said.days.flatMap((day, place) =>
    Array.from({ length: 24 }, (_, hour): JsonObject => {
      const found = hours.find((one) => one.weekday === place + 1 && one.hour === hour);
      return { day, hour, transfers: found?.transfers ?? 0 };
    }),
  );
  return {
    title,
    specification: {
      name: 'activity-hours',
      title,
      width: 640,
      height: { step: 26 },
      data: { values: rows },
      mark: { type: 'rect' },
      encoding: {
        x: { field: 'hour', type: 'ordinal', title: null, axis: { labelAngle: 0 } },
        y: { field: 'day', type: 'nominal', sort: said.days, title: null },
        color: { field: 'transfers', type: 'quantitative', title: said.transfers, scale: { domainMin: 0 } },
      },
    },
  };
}
