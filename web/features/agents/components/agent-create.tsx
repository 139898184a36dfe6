import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useNavigate } from 'react-router';
import { toShownAgent } from '#server/contract/agent-translation.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { agentKeys, agentListQuery } from '#web/features/agents/api/agent-queries.ts';
import { startAgent } from '#web/features/agents/start-agent.ts';
import { toPicture } from '#web/features/agents/to-picture.ts';
import { Button } from '#web/ui/button.tsx';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const blank = 'blank';

/** A new agent: a name, one line of what it should do, and what to start from. Then the builder opens. */
export function AgentCreate({ paths }: { paths: Pick<AgentPaths, 'edit'> }) {
  const { t, language } = useTranslation('agents');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [start, setStart] = useState(blank);
  const [isChecked, setIsChecked] = useState(false);
  const shipped = useInfiniteQuery(agentListQuery({ scope: 'shipped', search: '', category: null }));
  // What is shared by link only works behind something else, as the builder agent does.
  const templates =
    shipped.data?.pages
      .flatMap(({ items }) => items)
      .filter(({ can, visibility }) => can.duplicate && visibility !== 'link')
      .map((agent) => toShownAgent(agent, language)) ?? [];
  const create = useMutation({
    mutationFn: () =>
      startAgent({ name: name.trim(), purpose: purpose.trim(), template: start === blank ? null : start }),
    onSuccess: async (agent) => {
      await queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      await navigate(paths.edit(agent.id));
    },
  });
  return (
    <form
      noValidate
      className="group grid gap-6 [&_input]:scroll-mb-24 [&>div]:max-w-2xl"
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (name.trim() !== '' && !create.isPending) create.mutate();
      }}
    >
      <TextField
        label={t('create.name')}
        placeholder={t('create.namePlaceholder')}
        maxLength={60}
        value={name}
        error={isChecked && name.trim() === '' ? t('common:issue.required') : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <TextArea
        label={t('create.purpose')}
        hint={t('create.purposeHint')}
        placeholder={t('create.purposePlaceholder')}
        optional
        rows={2}
        maxLength={1000}
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
      />
      {shipped.isPending ? (
        <SkeletonList rows={3} />
      ) : (
        <ChoiceCards
          many
          label={t('create.start')}
          value={start}
          onChange={setStart}
          options={[
            { value: blank, label: t('create.blank'), description: t('create.blankHint') },
            ...templates.map((agent) => ({
              value: agent.id,
              label: agent.name,
              description: agent.tagline,
              picture: <Portrait picture={toPicture(agent)} size="sm" />,
            })),
          ]}
        />
      )}
      {create.isError && <ErrorPanel error={create.error} />}
      {/* The templates are a long list; before somebody is in this form, its button would stand before the other one's. */}
      <div className="-mx-4 -mt-3 border-t border-transparent bg-paper px-4 py-3 group-focus-within:sticky group-focus-within:bottom-(--bar) group-focus-within:border-line">
        <Button type="submit" busy={create.isPending}>
          {t('create.submit')}
        </Button>
      </div>
    </form>
  );
}
