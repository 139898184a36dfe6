import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { mostFeatured } from '#server/contract/hub-moderation.ts';
import type { HubAgent } from '#server/contract/hub.ts';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import { featuredQuery, hubListQuery } from '#web/features/hub/api/hub-requests.ts';
import { featureAgents } from '#web/features/hub/api/moderation-requests.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Button } from '#web/ui/button.tsx';
import { moveInPlace, removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { TextField } from '#web/ui/text-field.tsx';

const mostOffered = 6;
const move = <Item,>(items: readonly Item[], from: number, to: number) =>
  items.toSpliced(from, 1).toSpliced(to, 0, ...items.slice(from, from + 1));

/** Who stands in front, and in which order; every change is kept at once. */
export function FeaturedEditor() {
  const { t, language } = useTranslation('hub');
  const cache = useQueryClient();
  const [said, setSaid] = useState('');
  const featured = useQuery(featuredQuery);
  const change = useMutation({
    mutationFn: (agents: readonly HubAgent[]) => featureAgents(agents.map(({ id }) => id)),
    onSuccess: (agents) => cache.setQueryData(featuredQuery.queryKey, agents),
    onError: showProblemToast,
  });
  const agents = (change.isPending ? change.variables : featured.data)?.map((agent) => toShownAgent(agent, language));

  const place = (from: number, to: number) => {
    if (agents === undefined || to < 0 || to >= agents.length) return;
    setSaid(t('desk.moved', { name: agents[from]?.name, place: to + 1, count: agents.length }));
    moveInPlace(() => change.mutate(move(agents, from, to)));
  };
  return (
    <div className="grid min-w-0 gap-6">
      <p role="status" className="sr-only">
        {said}
      </p>
      <ListStates
        items={agents}
        error={featured.error}
        onRetry={featured.refetch}
        empty={<p className="text-sm text-ink-soft">{t('desk.noneFeatured')}</p>}
      >
        {(items) => (
          <ol aria-label={t('desk.featured')} className="divide-y divide-line rounded-lg border border-line bg-surface">
            {items.map((agent, index) => (
              <li key={agent.id} className="flex min-w-0 items-center gap-3 p-3">
                <Portrait picture={toPicture(agent)} size="sm" />
                <span className="min-w-0 flex-1 truncate font-medium">{agent.name}</span>
                <IconButton
                  size="small"
                  label={t('desk.up', { name: agent.name })}
                  icon={<ArrowUp aria-hidden />}
                  aria-disabled={index === 0}
                  onClick={() => place(index, index - 1)}
                />
                <IconButton
                  size="small"
                  label={t('desk.down', { name: agent.name })}
                  icon={<ArrowDown aria-hidden />}
                  aria-disabled={index === items.length - 1}
                  onClick={() => place(index, index + 1)}
                />
                <IconButton
                  size="small"
                  label={t('desk.unfeature', { name: agent.name })}
                  icon={<X aria-hidden />}
                  onClick={() => removeInPlace(() => change.mutate(items.filter(({ id }) => id !== agent.id)))}
                />
              </li>
            ))}
          </ol>
        )}
      </ListStates>
      {agents !== undefined && agents.length < mostFeatured && (
        <Offers featured={agents} onAdd={(agent) => change.mutate([...agents, agent])} />
      )}
    </div>
  );
}

/** Agents that could be put in front. */
function Offers({ featured, onAdd }: { featured: readonly HubAgent[]; onAdd: (agent: HubAgent) => void }) {
  const { t, language } = useTranslation('hub');
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const filter = { search, category: null, tag: null, sort: null, onlyFavourites: false };
  const list = useInfiniteQuery({ ...hubListQuery(filter), placeholderData: (before) => before });
  const isFeatured = new Set(featured.map(({ id }) => id));
  const offered = list.data?.pages
    .flatMap(({ items }) => items)
    .filter(({ id }) => !isFeatured.has(id))
    .map((agent) => toShownAgent(agent, language));
  return (
    <section aria-label={t('desk.add')} className="grid min-w-0 gap-3">
      <TextField
        type="search"
        label={t('desk.find')}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ListStates
        items={offered?.slice(0, mostOffered)}
        error={list.error}
        onRetry={list.refetch}
        empty={<p className="text-sm text-ink-soft">{t('desk.noOffer')}</p>}
      >
        {(items) => (
          <ul className="grid gap-2">
            {items.map((agent) => (
              <li key={agent.id} className="flex min-w-0 items-center gap-3">
                <Portrait picture={toPicture(agent)} size="sm" />
                <span className="min-w-0 flex-1 truncate">{agent.name}</span>
                <Button
                  size="small"
                  icon={<Plus aria-hidden />}
                  aria-label={t('desk.feature', { name: agent.name })}
                  onClick={() => removeInPlace(() => onAdd(agent))}
                >
                  {t('desk.add')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
    </section>
  );
}
