import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { ListingRequest } from '#server/contract/hub-moderation.ts';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import { hubKeys } from '#web/features/hub/api/hub-requests.ts';
import { decideListing, requestList, settingsQuery, writeSettings } from '#web/features/hub/api/moderation-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Portrait } from '#web/ui/portrait.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { DeskDecision } from './desk-decision.tsx';
import { LinedList } from './lined-list.tsx';

/** Whether new agents wait for an administrator, those that do, and those that were refused. */
export function ListingQueue({ paths }: { paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const settings = useQuery(settingsQuery);
  const change = useMutation({
    mutationFn: (reviewNewAgents: boolean) => writeSettings({ reviewNewAgents }),
    onSettled: () => cache.invalidateQueries({ queryKey: hubKeys.all }),
    onError: showProblemToast,
  });
  const isOn = change.isPending ? change.variables : settings.data?.reviewNewAgents === true;
  return (
    <section aria-labelledby="requests" className="grid min-w-0 gap-4">
      <h2 id="requests" className="text-lg font-semibold">
        {t('desk.requests')}
      </h2>
      <SwitchField
        label={t('desk.review')}
        hint={t('desk.reviewHint')}
        checked={isOn}
        disabled={!settings.isSuccess}
        onChange={(event) => change.mutate(event.target.checked)}
      />
      <RequestList state="waiting" paths={paths} />
      <h3 className="mt-3 text-sm font-semibold">{t('desk.refusedAgents')}</h3>
      <RequestList state="refused" paths={paths} />
    </section>
  );
}

function RequestList({ state, paths }: { state: 'waiting' | 'refused'; paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const requests = usePageList(requestList(state));
  return (
    <div>
      <LinedList
        list={requests}
        empty={t(`desk.none.${state}`)}
        renderItem={(agent) => <RequestLine key={agent.id} agent={agent} paths={paths} />}
      />
    </div>
  );
}

function RequestLine({ agent: request, paths }: { agent: ListingRequest; paths: HubPaths }) {
  const { t, language } = useTranslation('hub');
  const agent = toShownAgent(request, language);
  const format = useFormat();
  return (
    <li className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 p-4">
      <Portrait picture={toPicture(agent)} />
      <div className="grid min-w-0">
        <Link className="text-link justify-self-start font-medium" to={paths.agent(agent.handle)}>
          {agent.name}
        </Link>
        <span className="text-sm text-ink-faint">
          {agent.creator?.name ?? t('card.shipped')} · {format.ago(agent.publishedAt)}
        </span>
        <span className="text-sm text-ink-soft wrap-anywhere">{agent.refusal || agent.tagline}</span>
      </div>
      <DeskDecision
        className="col-start-2"
        name={agent.name}
        acceptLabel={t('desk.approve')}
        onAccept={() => decideListing(agent.id, { outcome: 'approve', reason: '' })}
        onRefuse={
          agent.listing === 'waiting' ? (reason) => decideListing(agent.id, { outcome: 'refuse', reason }) : null
        }
      />
    </li>
  );
}
