import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';

/** What stands where a page has failed; the rest of the hub goes on. */
export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation('common');
  return (
    <div className="mx-auto grid w-full max-w-xl gap-4 px-4 py-16">
      <ErrorPanel error={error} />
      <Button className="justify-self-start" variant="primary" onClick={() => window.location.reload()}>
        {t('problem.reload')}
      </Button>
    </div>
  );
}
