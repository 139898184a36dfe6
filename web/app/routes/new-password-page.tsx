import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { ResetPassword } from '#web/features/accounts/components/reset-password.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { paths } from '#web/app/paths.ts';

/** Sets a new password with the link that an administrator made. */
export function Page() {
  const { t } = useTranslation('accounts');
  const { token = '' } = useParams();
  const enter = useEnter();
  const navigate = useNavigate();
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
