import { Compass } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { paths } from '#web/app/paths.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** What stands at an address that is none. */
export function NotFoundPage() {
  const { t } = useTranslation('app');
  useDocumentTitle(t('notFound.title'));
  return (
    <div className="py-16">
      <EmptyState
        level={1}
        title={t('notFound.title')}
        icon={<Compass />}
        action={
          <Button asChild variant="primary">
            <Link to={paths.agents()}>{t('notFound.home')}</Link>
          </Button>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </div>
  );
}
