import { useQuery } from '@tanstack/react-query';
import { Flag, MessageCircle, Pencil, Users } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, useNavigate } from 'react-router';
import { findTranslation, toShownAgent, toShownName, toShownOpening } from '#server/contract/agent-translation.ts';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import { hubAgentQuery } from '#web/features/hub/api/hub-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { keepWords } from '#web/lib/words-to-say.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { isProblem } from '#web/lib/api-problem.ts';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ExampleList } from '#web/ui/example-list.tsx';
import { holdPlace } from '#web/ui/hold-place.ts';
import { Portrait } from '#web/ui/portrait.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { FavouriteButton } from './favourite-button.tsx';
import { ListingNotice } from './listing-notice.tsx';
import { ProfileFacts } from './profile-facts.tsx';
import { Rating } from './rating-stars.tsx';
import { RemixButton } from './remix-button.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { ReviewList } from './review-list.tsx';

type AgentProfileProps = {
  handle: string;
  paths: HubPaths;
  share: ReactNode;
  /** Stands in place of one that is not there; the problem in its words, where nothing is given. */
  missing?: ReactNode;
};

/** All that the hub tells of one agent, and what one can do with it. */
export function AgentProfile({ handle, paths, share, missing }: AgentProfileProps) {
  const { language } = useTranslation('hub');
  const { data: agent, error, refetch } = useQuery(hubAgentQuery(handle));
  if (agent) return <Profile key={agent.id} agent={toShown(agent, language)} paths={paths} share={share} />;
  if (missing !== undefined && isProblem(error, 'not_found')) return missing;
  return error ? <ErrorPanel error={error} onRetry={refetch} /> : <SkeletonList rows={3} rowClassName="h-40 w-full" />;
}

function toShown(agent: HubAgentDetail, language: string): HubAgentDetail {
  const texts = findTranslation(agent.translations, language);
  return {
    ...toShownAgent(agent, language),
    description: texts?.description || agent.description,
    opening: toShownOpening(agent.opening, texts),
    origin: agent.origin && { ...agent.origin, name: toShownName(agent.origin, language) },
  };
}

type ProfileProps = {
  agent: HubAgentDetail;
  paths: HubPaths;
  /** The way to give the agent to others. */
  share: ReactNode;
};

function Profile({ agent, paths, share }: ProfileProps) {
  useDocumentTitle(agent.name);
  return (
    <article className="grid min-w-0 gap-8">
      <ProfileHeader agent={agent} paths={paths} share={share} />
      <ListingNotice agent={agent} />
      <div className="grid min-w-0 gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 content-start gap-8">
          {agent.description !== '' && (
            <p className="max-w-prose wrap-anywhere whitespace-pre-line">{agent.description}</p>
          )}
          <Example agent={agent} paths={paths} />
          <ReviewList agent={agent} />
        </div>
        <ProfileFacts agent={agent} paths={paths} />
      </div>
    </article>
  );
}

function ProfileHeader({ agent, paths, share }: ProfileProps) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  const categories = useCategories();
  const [isReporting, setReporting] = useState(false);
  const goOn = useRef(() => {});
  const { can } = agent;
  return (
    <header className="grid min-w-0 gap-6 sm:grid-cols-[auto_minmax(0,1fr)]">
      <div className="grid h-40 w-32 place-items-center justify-self-start rounded-(--radius-arch) border border-line bg-linear-to-b from-accent-soft to-surface pt-6">
        <Portrait picture={toPicture(agent)} size="lg" />
      </div>
      <div className="grid min-w-0 content-center gap-3">
        <h1 className="font-display text-2xl tracking-tight wrap-anywhere">{agent.name}</h1>
        {agent.tagline !== '' && <p className="max-w-prose text-ink-soft">{agent.tagline}</p>}
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-faint">
          <span>{agent.creator === null ? t('card.shipped') : t('profile.by', { name: agent.creator.name })}</span>
          <Badge>{categories.nameOf(agent.category)}</Badge>
          <Rating {...agent.rating} />
          {agent.use.runs > 0 && (
            <span className="inline-flex items-center gap-1">
              <Users aria-hidden className="size-4" />
              {t('profile.use', {
                count: agent.use.people,
                people: format.number(agent.use.people),
                runs: t('profile.runs', { count: agent.use.runs, number: format.number(agent.use.runs) }),
              })}
            </span>
          )}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {can.run && (
            <Button asChild variant="primary">
              <Link to={paths.chat(agent.handle)}>
                <MessageCircle aria-hidden />
                {t('profile.chat')}
              </Link>
            </Button>
          )}
          {can.remix && <RemixButton agent={agent} toEdit={paths.edit} />}
          {can.edit && (
            <Button asChild>
              <Link to={paths.edit(agent.id)}>
                <Pencil aria-hidden />
                {t('common:action.edit')}
              </Link>
            </Button>
          )}
          {can.run && share}
          <FavouriteButton agent={agent} />
          {can.report && (
            <Button
              variant="quiet"
              size="small"
              icon={<Flag aria-hidden />}
              onClick={(event) => {
                goOn.current = holdPlace(event.currentTarget);
                setReporting(true);
              }}
            >
              {t('report.button')}
            </Button>
          )}
        </div>
      </div>
      {can.report && (
        <ReportDialog open={isReporting} onOpenChange={setReporting} agent={agent} onSent={() => goOn.current()} />
      )}
    </header>
  );
}

/** What its creator chose to show, else what people may begin with. */
function Example({ agent: { handle, opening, can }, paths }: Pick<ProfileProps, 'agent' | 'paths'>) {
  const { t } = useTranslation('hub');
  const navigate = useNavigate();
  const { example, starters } = opening;
  const ask = (starter: string) => {
    keepWords('chat', handle, starter);
    void navigate(paths.chat(handle));
  };
  if (example.question !== '' && example.answer !== '') {
    return (
      <section aria-labelledby="example" className="grid min-w-0 gap-3">
        <h2 id="example" className="font-display text-xl">
          {t('example.title')}
        </h2>
        <p className="ml-8 justify-self-end rounded-lg bg-accent-soft px-4 py-3 wrap-anywhere whitespace-pre-line">
          <span className="sr-only">{t('example.person')}</span>
          {example.question}
        </p>
        <p className="mr-8 rounded-lg border border-line bg-surface px-4 py-3 wrap-anywhere whitespace-pre-line">
          <span className="sr-only">{t('example.agent')}</span>
          {example.answer}
        </p>
      </section>
    );
  }
  if (starters.length === 0) return null;
  return (
    <section aria-labelledby="starters" className="grid min-w-0 gap-3">
      <h2 id="starters" className="font-display text-xl">
        {t('example.starters')}
      </h2>
      {can.run ? (
        <ExampleList label={t('example.starters')} examples={starters} onChoose={ask} />
      ) : (
        <ul className="grid gap-2">
          {starters.map((starter) => (
            <li key={starter} className="border-l-2 border-chain pl-4 text-ink-soft wrap-anywhere">
              {starter}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
