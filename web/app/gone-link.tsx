import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { Entrance } from '#web/app/entrance.tsx';
import { paths } from '#web/app/paths.ts';
import { Button } from '#web/ui/button.tsx';

/** What a link shows that was used, is too old or never was: why, and the way to the sign-in page. */
export function GoneLink({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation('accounts');
  return (
    <Entrance title={title} text={text}>
      <Button asChild variant="primary">
        <Link to={paths.signIn()}>{t('signIn.goto')}</Link>
      </Button>
    </Entrance>
  );
}
