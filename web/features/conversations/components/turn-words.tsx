import type { Agent } from '#server/contract/agent.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toPlainWords } from '#web/features/runs/markdown/to-plain-words.ts';
import type { Turn } from '#web/features/conversations/to-turns.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';

/** What was said, without its form and without what may be done with it: for a message that is far from the view. */
export function TurnWords({ turn, agent }: { turn: Turn; agent: Agent }) {
  const { t } = useTranslation('conversations');
  const toName = useShownName();
  const isPerson = turn.kind === 'person';
  return (
    <article
      aria-label={isPerson ? t('chat.you') : toName(turn.view.answeredBy ?? agent)}
      className={isPerson ? 'ml-auto w-fit max-w-[85%] whitespace-pre-wrap' : 'whitespace-pre-wrap sm:pl-11'}
    >
      {isPerson ? turn.content : toPlainWords(turn.view.text)}
    </article>
  );
}
