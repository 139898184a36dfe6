import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { ListingRequest } from '#server/contract/hub-moderation.ts';
import { hubKeys } from '#web/features/hub/api/hub-requests.ts';
import { decideListing, requestList, settingsQuery, writeSettings } from '#web/features/hub/api/moderation-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Button } from '#web/ui/button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { ReasonDialog } from './reason-dialog.tsx';

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
      <h3 className="text-sm font-semibold">{t('desk.refusedAgents')}</h3>
      <RequestList state="refused" paths={paths} />
    </section>
  );
}

function RequestList({ state, paths }: { state: 'waiting' | 'refused'; paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const requests = usePageList(requestList(state));
  return (
    <div>
      <ListStates
        items={requests.items}
        error={requests.error}
        onRetry={requests.retry}
        empty={<p className="text-sm text-ink-soft">{t(`desk.none.${state}`)}</p>}
      >
        {(items) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {items.map((agent) => (
              <RequestLine key={agent.id} agent={agent} paths={paths} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...requests.more} />
    </div>
  );
}

function RequestLine({ agent, paths }: { agent: ListingRequest; paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  const cache = useQueryClient();
  const [isRefusing, setRefusing] = useState(false);
  const reload = () => cache.invalidateQueries({ queryKey: hubKeys.all });
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
      <div className="col-start-2 flex flex-wrap gap-2">
        <Button
          size="small"
          onClick={() =>
            void decideListing(agent.id, { outcome: 'approve', reason: '' }).then(reload, showProblemToast)
          }
        >
          {t('desk.approve')}
        </Button>
        {agent.listing === 'waiting' && (
          <Button size="small" variant="quiet" onClick={() => setRefusing(true)}>
            {t('desk.refuse')}
          </Button>
        )}
      </div>
      <ReasonDialog
        open={isRefusing}
        onClose={() => setRefusing(false)}
        name={agent.name}
        onConfirm={(reason) => decideListing(agent.id, { outcome: 'refuse', reason }).then(reload)}
      />
    </li>
  );
}
