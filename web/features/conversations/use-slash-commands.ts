import { useMemo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { isCut } from './is-cut.ts';
import type { MessageActions } from './message-actions.ts';
import type { ChatState } from './use-chat.ts';

/** Something that is done from the composer: by its name, which is the same in every language, or its words. */
export type SlashCommand = { name: string; words: string; run: () => void };

/** What can be done now; the same as long as that is the same. */
export function useSlashCommands({
  chat: { storedTurns, isReading },
  actions,
  starters,
  onStarter,
  onNew,
  onChooseModel,
}: {
  chat: ChatState;
  actions: MessageActions;
  starters: string[];
  onStarter: (text: string) => void;
  onNew: (() => void) | undefined;
  onChooseModel: () => void;
}): SlashCommand[] {
  const { t } = useTranslation('conversations');
  const last = storedTurns.at(-1);
  return useMemo(() => {
    const again = last?.kind === 'agent' ? last.place.parentId : (last?.place.id ?? null);
    const commands: SlashCommand[] = [];
    if (onNew) commands.push({ name: 'new', words: t('list.new'), run: onNew });
    if (!isReading && again !== null)
      commands.push({ name: 'retry', words: t('chat.retry'), run: () => actions.answer(again) });
    if (!isReading && last?.kind === 'agent' && isCut(last.view) && !actions.continued.has(last.place.id))
      commands.push({ name: 'continue', words: t('chat.continue'), run: () => actions.answer(last.place.id) });
    commands.push({ name: 'model', words: t('model.title'), run: onChooseModel });
    if (isReading) return commands;
    return [...commands, ...starters.map((words) => ({ name: '', words, run: () => onStarter(words) }))];
  }, [actions, isReading, last, onChooseModel, onNew, onStarter, starters, t]);
}

/** Those that a beginning such as `/re` or `/新` may mean. Pure. */
export function findCommands(commands: SlashCommand[], text: string): SlashCommand[] {
  if (!text.startsWith('/') || text.includes('\n') || text.length > 60) return [];
  const wanted = text.slice(1).trim().toLowerCase();
  return commands.filter(
    ({ name, words }) => name.toLowerCase().startsWith(wanted) || words.toLowerCase().includes(wanted),
  );
}
