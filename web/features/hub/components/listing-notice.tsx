import type { HubAgentDetail } from '#server/contract/hub.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Notice } from '#web/ui/notice.tsx';

/** That an agent waits for an administrator, or why one keeps it off the hub; nothing where it stands there. */
export function ListingNotice({ agent }: { agent: Pick<HubAgentDetail, 'listing' | 'refusal'> }) {
  const { t } = useTranslation('hub');
  if (agent.listing === 'waiting') return <Notice title={t('profile.waiting')}>{t('profile.waitingText')}</Notice>;
  if (agent.listing === 'refused')
    return (
      <Notice tone="warning" title={t('profile.refused')}>
        {agent.refusal}
      </Notice>
    );
  return null;
}
