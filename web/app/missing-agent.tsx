import { BotOff } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { paths } from '#web/app/paths.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Stands where an agent was that is deleted, or is not shared with the person any more, and leads to others. */
export default function MissingAgent() {
  const { t } = useTranslation('app');
  useDocumentTitle(t('missingAgent.title'));
  return (
    <div className="py-16">
      <EmptyState
        level={1}
        title={t('missingAgent.title')}
        icon={<BotOff />}
        action={
          <Button asChild variant="primary">
            <Link to={paths.home()}>{t('missingAgent.find')}</Link>
          </Button>
        }
      >
        {t('missingAgent.text')}
      </EmptyState>
    </div>
  );
}
