import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { Agent } from '#server/contract/agent.ts';
import { Markdown } from '#web/features/runs/markdown/markdown.tsx';
import { ExampleList } from '#web/ui/example-list.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { toPicture } from '#web/lib/to-picture.ts';

/** Who answers here, how they greet, and some questions to begin with. */
export const ChatOpening = memo(function ChatOpening({
  agent,
  opening: { message, starters },
  isPreview,
  isBeginning,
  onStarter,
}: {
  agent: Agent;
  opening: AgentDefinition['opening'];
  isPreview: boolean;
  /** Nothing was said yet, and the next message can be. */
  isBeginning: boolean;
  onStarter: (text: string) => void;
}) {
  const { t } = useTranslation('conversations');
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex items-center gap-4">
        <div className="grid h-28 w-24 shrink-0 place-items-center rounded-(--radius-arch) border border-line bg-linear-to-b from-accent-soft to-surface pt-5">
          <Portrait picture={toPicture(agent)} />
        </div>
        <div className="grid min-w-0 gap-0.5">
          <h2 className="font-display text-xl wrap-anywhere">{agent.name}</h2>
          {agent.tagline !== '' && <p className="wrap-anywhere text-ink-soft">{agent.tagline}</p>}
        </div>
      </div>
      {isBeginning && message === '' && starters.length === 0 && (
        <p className="text-sm text-ink-soft">{t(isPreview ? 'chat.beginDraft' : 'chat.begin')}</p>
      )}
      {message !== '' && <Markdown text={message} isPatient={isPreview} />}
      {isBeginning && starters.length > 0 && (
        <ExampleList label={t('chat.starters')} examples={starters} onChoose={onStarter} className="sm:grid-cols-2" />
      )}
    </div>
  );
});
