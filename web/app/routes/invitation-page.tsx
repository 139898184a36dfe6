import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { sessionQuery } from '#web/features/accounts/api/session.ts';
import { AcceptInvitation } from '#web/features/accounts/components/accept-invitation.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { paths } from '#web/app/paths.ts';

/** Takes an invitation. */
export function Page() {
  const { t } = useTranslation('accounts');
  const { token = '' } = useParams();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return (
    <Entrance title={t('accept.title')} text={t('accept.text')}>
      <AcceptInvitation
        token={token}
        onDone={(session) => {
          cache.setQueryData(sessionQuery.queryKey, session);
          void navigate(paths.home());
        }}
      />
    </Entrance>
  );
}
