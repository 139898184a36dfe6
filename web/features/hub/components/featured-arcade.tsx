import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import { featuredQuery } from '#web/features/hub/api/hub-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { Portrait } from '#web/ui/portrait.tsx';

/** The featured agents, each in an arch of the courtyard; nothing while there are none. */
export function FeaturedArcade({ paths }: { paths: HubPaths }) {
  const { t, language } = useTranslation('hub');
  const { data = [] } = useQuery(featuredQuery);
  const agents = data.map((agent) => toShownAgent(agent, language));
  if (agents.length === 0) return null;
  return (
    <section aria-labelledby="featured" className="grid min-w-0 gap-4">
      <h2 id="featured" className="font-display text-xl">
        {t('featured.title')}
      </h2>
      <ul className="-mx-4 flex snap-x scroll-px-4 gap-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-1 sm:pt-1">
        {agents.map((agent) => (
          <li
            key={agent.id}
            className="relative grid w-44 shrink-0 snap-start sm:min-w-44 sm:max-w-56 sm:flex-1 content-start justify-items-center gap-2 rounded-t-full border border-b-0 border-line bg-linear-to-b from-accent-soft to-surface px-3 pt-10 pb-5 text-center focus-within:border-accent hover:border-accent"
          >
            <Portrait picture={toPicture(agent)} size="lg" />
            <h3 className="w-full truncate font-display text-lg leading-snug">
              <Link
                to={paths.agent(agent.handle)}
                className="-outline-offset-4 after:absolute after:inset-0 after:rounded-t-full"
              >
                {agent.name}
              </Link>
            </h3>
            <p className="line-clamp-4 text-sm text-balance text-ink-soft">{agent.tagline}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
