import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Agent } from '#server/contract/agent.ts';
import type { ModelList } from '#server/contract/model.ts';
import { updateDraft } from '#web/features/agents/api/update-draft.ts';
import { findModelStanding, type MissingParts } from '#web/features/agents/find-missing-parts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

/** An imported agent with what it lacks here. */
export type Lacking = { agent: Agent; models: ModelList; missing: MissingParts };

type MissingPartsDialogProps = { open: boolean; lacking: Lacking | null; onDone: (agent: Agent) => void };

const keep = 'keep';
const takeOff = '';

/** Says what an imported agent uses that this hub does not know, and puts something else in its place. */
export function MissingPartsDialog({ open, lacking, onDone }: MissingPartsDialogProps) {
  const { t } = useTranslation('agents');
  /** By model or tool: what comes in its place; nothing is taken off before somebody says so. */
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const replace = useMutation({
    mutationFn: async ({ agent }: Lacking) => {
      const changed = Object.entries(chosen).filter(([, value]) => value !== keep);
      if (changed.length === 0) return agent;
      const { model, tools } = agent.definition;
      const wishes = model.wishes.map((wish) => toChosen(chosen, wish)).filter((wish) => wish !== takeOff);
      return updateDraft(agent.id, agent.draftRevision ?? 0, {
        model: { ...model, wishes: [...new Set(wishes)] },
        tools: tools.filter(({ id }) => toChosen(chosen, id) !== takeOff),
      });
    },
    onSuccess: onDone,
  });
  if (lacking === null) return null;
  const { agent, models, missing } = lacking;
  const choose = (part: string) => ({
    value: chosen[part] ?? keep,
    onChange: ({ target }: { target: { value: string } }) => setChosen({ ...chosen, [part]: target.value }),
  });
  return (
    <Dialog
      open={open}
      sticky
      onOpenChange={() => onDone(agent)}
      title={t('import.lacks', { name: agent.name })}
      description={t('import.lacksText')}
      footer={
        <Button variant="primary" busy={replace.isPending} onClick={() => replace.mutate(lacking)}>
          {t('import.goOn')}
        </Button>
      }
    >
      <div className="grid gap-4">
        {replace.isError && <ErrorPanel error={replace.error} />}
        {missing.models.map((wish) => (
          <SelectField
            key={wish}
            label={t('import.model', { model: wish })}
            hint={t(`model.${findModelStanding(wish, models) === 'notListed' ? 'notListed' : 'notConnected'}`)}
            options={[
              { value: keep, label: t('import.keep') },
              ...models.items
                .filter(({ reference }) => !agent.definition.model.wishes.includes(reference))
                .map(({ reference, name, provider }) => ({ value: reference, label: `${name} · ${provider}` })),
              { value: takeOff, label: t('import.takeOff') },
            ]}
            {...choose(wish)}
          />
        ))}
        {missing.tools.map((id) => (
          <SelectField
            key={id}
            label={t('import.tool', { tool: id })}
            hint={t(`import.${id.includes('/') ? 'toolConnected' : 'toolUnknown'}`)}
            options={[
              { value: keep, label: t('import.keep') },
              { value: takeOff, label: t('import.takeOff') },
            ]}
            {...choose(id)}
          />
        ))}
      </div>
    </Dialog>
  );
}

const toChosen = (chosen: Record<string, string>, part: string): string => {
  const value = chosen[part] ?? keep;
  return value === keep ? part : value;
};
