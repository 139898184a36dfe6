import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Says what the offline planner is, while it is all that there is. */
export function PlannerNotice({ canAdminister }: { canAdminister: boolean }) {
  const { t } = useTranslation('models');
  return (
    <Notice title={t('planner.title')}>
      <p>{t('planner.text')}</p>
      <p className="mt-1">{canAdminister ? t('planner.connect') : t('planner.ask')}</p>
    </Notice>
  );
}
