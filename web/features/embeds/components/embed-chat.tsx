import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import type { EmbedOpening } from '#server/contract/embed.ts';
import { type VisitState, useVisit } from '#web/features/embeds/use-visit.ts';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { isProblem } from '#web/lib/api-problem.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { EmbedComposer } from './embed-composer.tsx';
import { EmbedHeader } from './embed-header.tsx';
import { VisitAnswer } from './visit-answer.tsx';

const VariablesForm = lazy(() => import('#web/features/conversations/components/variables-form.tsx'));
const SentenceAnnouncer = lazy(async () => ({
  default: (await import('#web/features/conversations/components/sentence-announcer.tsx')).SentenceAnnouncer,
}));

type EmbedChatProps = {
  agent: string;
  /** Where the hub shows the agent. */
  agentAddress: string;
  /** Told when the visitor closes the chat; null where the site around it has no way to. */
  onClose: (() => void) | null;
};

/** A chat with one agent in another site's frame. */
export function EmbedChat({ agent, agentAddress, onClose }: EmbedChatProps) {
  const { t } = useTranslation('embeds');
  const visit = useVisit(agent);
  const { opening, failure } = visit;
  useDocumentTitle(opening?.agent.name ?? t('chat.title'));
  if (failure !== null) {
    return (
      <Frame>
        <EmbedHeader opening={null} onClose={onClose} onStartOver={null} />
        <div className="grid min-h-0 flex-1 content-center overflow-y-auto p-4">
          {isProblem(failure, 'forbidden') ? (
            <EmptyState level={1} title={t('chat.closed')}>
              {t('chat.closedText')}
            </EmptyState>
          ) : (
            <ErrorPanel error={failure} onRetry={visit.reload} />
          )}
        </div>
      </Frame>
    );
  }
  const hasSaid = visit.turns.length > 0;
  const needsForm = opening !== null && opening.variables.length > 0 && visit.variables === null;
  return (
    <Frame>
      <EmbedHeader opening={opening} onClose={onClose} onStartOver={hasSaid ? () => void visit.startOver() : null} />
      {opening === null ? (
        <div className="flex-1 p-4">
          <SkeletonList rows={2} rowClassName="h-16 w-full" />
        </div>
      ) : (
        <>
          <Turns visit={visit} opening={opening} needsForm={needsForm} />
          <EmbedComposer
            agentName={opening.agent.name}
            isRunning={visit.isReading}
            isReady={!needsForm}
            onSend={visit.send}
            onStop={visit.stop}
          />
        </>
      )}
      <p className="px-4 pb-2 text-center text-xs text-ink-faint">
        {t('chat.poweredBy')}{' '}
        <a href={agentAddress} target="_blank" rel="noopener" className="text-link">
          Atrium
        </a>
      </p>
    </Frame>
  );
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="flex h-dvh min-w-0 flex-col">{children}</div>;
}

type TurnsProps = { visit: VisitState; opening: EmbedOpening; needsForm: boolean };

function Turns({ visit, opening, needsForm }: TurnsProps) {
  const { t } = useTranslation('embeds');
  const { turns, live, isReading } = visit;
  const place = useRef<HTMLDivElement>(null);
  const shownLength = live?.view.text.length ?? 0;
  useEffect(() => {
    const { current } = place;
    if (current) current.scrollTop = current.scrollHeight;
  }, [turns.length, shownLength]);
  const { name } = opening.agent;
  return (
    <ScrollRegion ref={place} label={t('chat.title')} className="min-h-0 min-w-0 flex-1 px-4 py-4">
      <div className="grid min-w-0 gap-4">
        {opening.message !== '' && <Markdown text={opening.message} />}
        {turns.length === 0 && !needsForm && <Starters starters={opening.starters} onChoose={visit.send} />}
        <div role="log" aria-live="off" aria-label={t('chat.messages')} className="grid min-w-0 gap-4 empty:hidden">
          {turns.map(({ key, question, answer }, index) => {
            const isLast = index === turns.length - 1;
            return (
              <div key={key} className="grid min-w-0 gap-4">
                <article aria-label={t('chat.you')} className="grid min-w-0 justify-items-end">
                  <p className="max-w-[85%] min-w-0 rounded-lg rounded-br-sm border border-line bg-sunken px-3 py-2 wrap-anywhere whitespace-pre-wrap">
                    {question}
                  </p>
                </article>
                <VisitAnswer
                  name={name}
                  agent={opening.agent.handle}
                  view={answer ?? (isLast && live ? live.view : null)}
                  id={key}
                  isReconnecting={isLast && live?.connection === 'reconnecting'}
                  onRetry={isLast && !isReading ? visit.retry : undefined}
                />
              </div>
            );
          })}
        </div>
        {needsForm && (
          <Suspense fallback={<SkeletonList rows={1} rowClassName="h-24 w-full" />}>
            <VariablesForm variables={opening.variables} hasEarlier={turns.length > 0} onDone={visit.setVariables} />
          </Suspense>
        )}
      </div>
      <Suspense fallback={null}>{live !== null && <SentenceAnnouncer view={live.view} />}</Suspense>
    </ScrollRegion>
  );
}

function Starters({ starters, onChoose }: { starters: string[]; onChoose: (text: string) => void }) {
  const { t } = useTranslation('embeds');
  if (starters.length === 0) return null;
  return (
    <ul aria-label={t('chat.starters')} className="grid gap-2">
      {starters.map((starter) => (
        <li key={starter} className="grid">
          <button
            type="button"
            onClick={() => onChoose(starter)}
            className="rounded-md border border-line bg-surface px-3 py-2 text-left text-sm transition-colors wrap-anywhere hover:border-accent hover:bg-accent-soft"
          >
            {starter}
          </button>
        </li>
      ))}
    </ul>
  );
}
