import { FlaskConical, RotateCw } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { RunAnswer } from '#web/features/runs/components/run-answer.tsx';
import { RunFigures } from '#web/features/runs/components/run-figures.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { useAnsweringAgent } from '#web/features/conversations/use-answering-agent.ts';
import { toPicture } from '#web/lib/to-picture.ts';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Portrait } from '#web/ui/portrait.tsx';

/** An answer with what may be done with it. */
export const AgentMessage = memo(function AgentMessage({
  view,
  agent,
  answering,
  place,
  onRetry,
  onMakeTest,
}: {
  view: RunView;
  /** The chat's own agent. */
  agent: Agent;
  /** Who answers; null: the chat's own. */
  answering: NamedAgent | null;
  /** Null until it is stored. */
  place: TurnPlace | null;
  onRetry: (parent: string) => void;
  /** Where an answer can become a test of the agent. */
  onMakeTest: ((view: RunView) => void) | undefined;
}) {
  const { t } = useTranslation('conversations');
  const speaker = useAnsweringAgent(agent, answering);
  const parent = place?.parentId ?? null;
  const retry = parent === null || isUnderWay(view) ? undefined : () => onRetry(parent);
  return (
    <article
      aria-label={speaker.name}
      className="grid min-w-0 grid-cols-1 gap-2 sm:grid-cols-[2rem_minmax(0,1fr)] sm:gap-x-3"
    >
      <div className="hidden sm:block">
        <Portrait picture={toPicture(speaker)} size="sm" />
      </div>
      <div className="grid min-w-0 gap-2">
        {speaker !== agent && <p className="text-sm font-medium wrap-anywhere">{speaker.name}</p>}
        <RunAnswer view={view} onRetry={retry} />
        {!isUnderWay(view) && (
          <div className="flex min-w-0 flex-wrap items-center gap-1">
            {view.text !== '' && (
              <CopyButton text={view.text} label={t('chat.copy')} variant="quiet" size="small" iconOnly />
            )}
            {retry && <IconButton label={t('chat.retry')} icon={<RotateCw />} size="small" onClick={retry} />}
            {onMakeTest && view.status === 'completed' && (
              <IconButton
                label={t('chat.makeTest')}
                icon={<FlaskConical />}
                size="small"
                onClick={() => onMakeTest(view)}
              />
            )}
            <RunFigures view={view} />
          </div>
        )}
      </div>
    </article>
  );
});
