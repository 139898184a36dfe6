import { RotateCw } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { RunOutcome } from '#web/features/runs/components/run-outcome.tsx';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Notice } from '#web/ui/notice.tsx';

const SourceList = lazy(() => import('#web/features/runs/components/source-list.tsx'));
const VisitFiles = lazy(async () => ({ default: (await import('./visit-files.tsx')).VisitFiles }));

type VisitAnswerProps = {
  name: string;
  /** The agent's handle. */
  agent: string;
  id: string;
  /** Null where a question has no answer. */
  view: RunView | null;
  isReconnecting: boolean;
  onRetry: (() => void) | undefined;
};

/** What the agent says, as it comes: words, pictures, what they rest on, and how it ended where that was not well. */
export function VisitAnswer({ name, agent, id, view, isReconnecting, onRetry }: VisitAnswerProps) {
  const { t } = useTranslation('embeds');
  const prefix = `source-${id}-`;
  const isEnded = view !== null && !isUnderWay(view);
  // A failure that is known brings its own way to try again.
  const canBeRepeated =
    view === null || view.status === 'cancelled' || (view.status === 'failed' && view.error === null);
  return (
    <article aria-label={name} className="grid min-w-0 gap-3">
      {view !== null && view.text !== '' && <Markdown text={view.text} sources={view.sources} sourcePrefix={prefix} />}
      {view !== null && !isEnded && (
        <p className="flex items-center gap-2 text-sm text-ink-faint">
          <span aria-hidden className="size-2.5 animate-breathe rounded-full bg-accent" />
          {t(isReconnecting ? 'chat.reconnecting' : 'chat.working')}
        </p>
      )}
      {isEnded && (
        <Suspense fallback={null}>
          {view.artifacts.length > 0 && <VisitFiles agent={agent} artifacts={view.artifacts} />}
          {view.sources.length > 0 && <SourceList sources={view.sources} prefix={prefix} />}
          {view.error?.code === 'budget_exceeded' ? <Spent /> : <RunOutcome view={view} onRetry={onRetry} />}
        </Suspense>
      )}
      {canBeRepeated && onRetry && (
        <Button size="small" icon={<RotateCw aria-hidden />} className="justify-self-start" onClick={onRetry}>
          {t('common:action.retry')}
        </Button>
      )}
    </article>
  );
}

function Spent() {
  const { t } = useTranslation('embeds');
  return (
    <div role="alert">
      <Notice tone="warning" title={t('chat.spent')}>
        {t('chat.spentText')}
      </Notice>
    </div>
  );
}
