import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate, useParams } from 'react-router';
import { openInvitationQuery } from '#web/features/accounts/api/open-invitation.ts';
import { useEnter } from '#web/features/accounts/api/use-enter.ts';
import { AcceptInvitation } from '#web/features/accounts/components/accept-invitation.tsx';
import { Entrance } from '#web/app/entrance.tsx';
import { GoneLink } from '#web/app/gone-link.tsx';
import { paths } from '#web/app/paths.ts';
import { isProblem } from '#web/lib/api-problem.ts';

/** Takes an invitation. */
export function Page() {
  const { t } = useTranslation('accounts');
  const { token = '' } = useParams();
  const enter = useEnter();
  const navigate = useNavigate();
  const { error } = useQuery(openInvitationQuery(token));
  if (isProblem(error, 'not_found')) return <GoneLink title={t('accept.gone')} text={t('accept.goneAdvice')} />;
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
