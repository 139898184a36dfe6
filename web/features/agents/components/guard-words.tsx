import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toWords } from '#web/features/agents/guard-choices.ts';
import { TextArea } from '#web/ui/text-area.tsx';

type GuardWordsProps = {
  name: string;
  words: string[];
  error: string | undefined;
  onChange: (words: string[]) => void;
};

/** Words and phrases, one a line. */
export function GuardWords({ name, words, error, onChange }: GuardWordsProps) {
  const { t } = useTranslation('agents');
  const [typed, setTyped] = useState(() => words.join('\n'));
  // The form may have changed elsewhere (undo, another tab): then its words are shown, not what was typed before.
  const stands = toWords(typed).join('\n') === words.join('\n');
  return (
    <TextArea
      label={t('guards.words')}
      hint={t('guards.wordsHint')}
      name={name}
      rows={3}
      value={stands ? typed : words.join('\n')}
      error={error}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(toWords(event.target.value));
      }}
    />
  );
}
