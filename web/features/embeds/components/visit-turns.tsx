import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useStickToEnd } from '#web/features/conversations/use-stick-to-end.ts';
import type { ShownOpening, VisitState } from '#web/features/embeds/use-visit.ts';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { ExampleList } from '#web/ui/example-list.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { VisitAnswer } from './visit-answer.tsx';

const VariablesForm = lazy(() => import('#web/features/conversations/components/variables-form.tsx'));
const SentenceAnnouncer = lazy(async () => ({
  default: (await import('#web/features/conversations/components/sentence-announcer.tsx')).SentenceAnnouncer,
}));

type VisitTurnsProps = { visit: VisitState; opening: ShownOpening; needsForm: boolean };

/** What was said, from the opening on, and the answer that comes. */
export function VisitTurns({ visit, opening, needsForm }: VisitTurnsProps) {
  const { t } = useTranslation('embeds');
  const { turns, live, isReading } = visit;
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { jump } = useStickToEnd(place, content);
  const newestKey = turns.at(-1)?.key;
  useEffect(jump, [jump, newestKey]);
  const newest = live?.view ?? turns.at(-1)?.answer ?? null;
  const { name } = opening.agent;
  return (
    <ScrollRegion ref={place} label={t('chat.title')} className="min-h-0 min-w-0 flex-1 px-4 py-4">
      <div ref={content} className="grid min-w-0 gap-4">
        {visit.readEarlier !== null && <Earlier onRead={visit.readEarlier} />}
        {visit.readEarlier === null && opening.message !== '' && <Markdown text={opening.message} />}
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
            <VariablesForm
              variables={opening.variables}
              texts={opening.texts}
              hasEarlier={turns.length > 0}
              onDone={visit.setVariables}
            />
          </Suspense>
        )}
      </div>
      <Suspense fallback={null}>
        {/* Not what was said before the page was loaded. */}
        {newest?.run && <SentenceAnnouncer view={newest} />}
      </Suspense>
    </ScrollRegion>
  );
}

function Earlier({ onRead }: { onRead: () => Promise<void> }) {
  const { t } = useTranslation('embeds');
  const [isReading, setIsReading] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const read = () => {
    setIsReading(true);
    setFailure(null);
    void onRead()
      .catch(setFailure)
      .finally(() => setIsReading(false));
  };
  if (failure !== null) return <ErrorPanel error={failure} onRetry={read} />;
  return (
    <Button variant="quiet" size="small" busy={isReading} className="justify-self-center" onClick={read}>
      {t('chat.earlier')}
    </Button>
  );
}

function Starters({ starters, onChoose }: { starters: string[]; onChoose: (text: string) => void }) {
  const { t } = useTranslation('embeds');
  if (starters.length === 0) return null;
  return <ExampleList label={t('chat.starters')} examples={starters} onChoose={onChoose} />;
}
