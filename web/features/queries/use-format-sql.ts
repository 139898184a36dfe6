import type { SqlEngineName } from '#server/contract/sql-engine.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { loadOnce } from '#web/lib/load-once.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { showToast } from '#web/ui/toast-store.ts';

const loadFormatter = loadOnce(async () => (await import('./editor/format-sql.ts')).formatSql);

/** Lays SQL out anew and gives it to `onFormatted`; what cannot be read stays as it is, and where that is, is said. */
export function useFormatSql(onFormatted: (sql: string) => void): (sql: string, engine: SqlEngineName) => void {
  const { t } = useTranslation('queries');
  return (sql, engine) =>
    void loadFormatter().then((formatSql) => {
      const formatted = formatSql(sql, engine);
      if (formatted !== null && 'sql' in formatted) return onFormatted(formatted.sql);
      const detail = formatted === null ? t('format.unread') : t('format.unreadAt', formatted);
      showToast({ title: t('format.failed'), detail, tone: 'danger' });
    }, showProblemToast);
}
