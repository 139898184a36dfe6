import { MessageCircle, Users } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import type { HubAgent } from '#server/contract/hub.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Badge } from '#web/ui/badge.tsx';
import { buttonClass } from '#web/ui/button.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { FavouriteButton } from './favourite-button.tsx';
import { Rating } from './rating-stars.tsx';

type HubCardProps = { agent: HubAgent; category: string; paths: HubPaths };

/** An agent on the hub: pressing it opens its page, one button begins a chat. */
export const HubCard = memo(function HubCard({ agent: listed, category, paths }: HubCardProps) {
  const { t, language } = useTranslation('hub');
  const agent = toShownAgent(listed, language);
  const format = useFormat();
  return (
    <li className="relative grid min-w-0 grid-rows-[auto_1fr_auto] gap-3 rounded-lg border border-line bg-surface p-4 shadow-low focus-within:border-accent hover:border-accent">
      <div className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-3">
        <Portrait picture={toPicture(agent)} />
        <div className="grid min-w-0">
          <h3 className="line-clamp-2 font-display text-lg leading-snug wrap-anywhere">
            <Link to={paths.agent(agent.handle)} className="after:absolute after:inset-0 after:rounded-lg">
              {agent.name}
            </Link>
          </h3>
          <p className="truncate text-xs text-ink-faint">{agent.creator?.name ?? t('card.shipped')}</p>
        </div>
        <div className="relative -mt-1 -mr-1">
          <FavouriteButton agent={agent} />
        </div>
      </div>
      <p className="line-clamp-2 text-sm text-ink-soft">{agent.tagline || t('card.noTagline')}</p>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-faint">
          <Badge>{category}</Badge>
          {agent.rating.count > 0 && <Rating {...agent.rating} />}
          {agent.use.people > 0 && (
            <span className="inline-flex items-center gap-1">
              <Users aria-hidden className="size-4" />
              {t('card.people', { count: agent.use.people, shown: format.compact(agent.use.people) })}
            </span>
          )}
        </div>
        <Link
          to={paths.chat(agent.handle)}
          aria-label={t('card.chatWith', { name: agent.name })}
          className={`relative ${buttonClass('secondary', 'small')}`}
        >
          <MessageCircle aria-hidden />
          {t('card.chat')}
        </Link>
      </div>
    </li>
  );
});
