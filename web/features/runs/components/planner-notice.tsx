import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { Notice } from '#web/ui/notice.tsx';

export function isPlanner(model: string | null): boolean {
  return model !== null && model.startsWith('offline/');
}

/** Says that no language model answers here, and where to connect one. */
export function PlannerNotice({ settingsAddress }: { settingsAddress: string }) {
  const { t } = useTranslation('runs');
  return (
    <Notice
      title={t('planner.title')}
      actions={
        <Link to={settingsAddress} className="text-link">
          {t('planner.connect')}
        </Link>
      }
    >
      <p className="max-sm:hidden">{t('planner.explanation')}</p>
    </Notice>
  );
}
