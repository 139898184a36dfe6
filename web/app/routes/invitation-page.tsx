import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { AcceptInvitation } from '#web/features/accounts/components/accept-invitation.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { paths } from '#web/app/paths.ts';

/** Takes an invitation. */
export function Page() {
  const { t } = useTranslation('accounts');
  const { token = '' } = useParams();
  const enter = useEnter();
  const navigate = useNavigate();
  return (
    <Entrance title={t('accept.title')} text={t('accept.text')}>
      <AcceptInvitation
        token={token}
        onDone={(session) => {
          enter(session);
          void navigate(paths.home());
        }}
      />
    </Entrance>
  );
}
