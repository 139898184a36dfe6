import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate, useParams } from 'react-router';
import { openPasswordResetQuery } from '#web/features/accounts/api/open-password-reset.ts';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { ResetPassword } from '#web/features/accounts/components/reset-password.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { GoneLink } from '#web/app/gone-link.tsx';
import { paths } from '#web/app/paths.ts';
import { isProblem } from '#web/lib/api-problem.ts';

/** Sets a new password with the link that an administrator made. */
export function Page() {
  const { t } = useTranslation('accounts');
  const { token = '' } = useParams();
  const enter = useEnter();
  const navigate = useNavigate();
  const { error } = useQuery(openPasswordResetQuery(token));
  if (isProblem(error, 'not_found'))
    return <GoneLink title={t('newPassword.gone')} text={t('newPassword.goneAdvice')} />;
  return (
    <Entrance title={t('newPassword.title')} text={t('newPassword.text')}>
      <ResetPassword
        token={token}
        onDone={(session) => {
          enter(session);
          void navigate(paths.home());
        }}
      />
    </Entrance>
  );
}
