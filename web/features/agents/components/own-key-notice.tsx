import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { Notice } from '#web/ui/notice.tsx';

/** Tells the owner of an agent that others will spend their key, where a model of it is reached through their own connection. */
export function OwnKeyNotice({ agent }: { agent: Pick<Agent, 'can' | 'definition'> }) {
  const { t } = useTranslation('agents');
  const { model, access } = agent.definition;
  const isShared = agent.can.edit && access.visibility !== 'private';
  const { data } = useQuery({ ...modelListQuery, enabled: isShared });
  if (!isShared || !data) return null;
  const used = model.wishes.length === 0 ? [data.defaultModel] : model.wishes;
  const own = data.items.find(({ reference, personal }) => personal && used.includes(reference));
  return own ? <Notice tone="warning">{t('share.ownKey', { connection: own.provider })}</Notice> : null;
}
