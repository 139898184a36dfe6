import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toNameFromWords } from '#server/contract/name-from-words.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { createAgent } from '#web/features/agents/api/create-agent.ts';
import { drawAvatar } from '#web/features/agents/draw-avatar.ts';
import { DescriptionExamples } from '#web/features/proposals/components/description-examples.tsx';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { keepWords } from '#web/lib/words-to-say.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

const longestName = 40;

/** A new agent from what it should do: the builder opens with the talk, which begins with these words. */
export function AgentDescribe({ paths }: { paths: Pick<AgentPaths, 'describe'> }) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isEmpty = text.trim() === '';
  const create = useMutation({
    mutationFn: () => createAgent({ name: toFirstName(text), identity: { avatar: drawAvatar() } }),
    onSuccess: async (agent) => {
      keepWords('describe', agent.id, text.trim());
      await queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      await navigate(paths.describe(agent.id));
    },
  });
  return (
    <form
      noValidate
      className="grid max-w-2xl gap-4 [&_textarea]:min-h-28"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (!isEmpty && !create.isPending) create.mutate();
      }}
    >
      <TextArea
        label={t('describe.label')}
        hint={t('describe.hint')}
        rows={4}
        maxLength={20_000}
        value={text}
        error={isChecked && isEmpty ? t('common:issue.required') : undefined}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      {create.isError && <ErrorPanel error={create.error} />}
      <Button type="submit" variant="primary" className="justify-self-start" busy={create.isPending}>
        {t('describe.submit')}
      </Button>
      {isEmpty && <DescriptionExamples onChoose={setText} />}
    </form>
  );
}

/** Its first words that say something, until the talk has found a name. */
function toFirstName(text: string): string {
  const name = toNameFromWords(text, /\p{Script=Han}/u.test(text) ? 'zh' : 'en');
  return name || Array.from(text.trim()).slice(0, longestName).join('').trim();
}
