import { useQuery } from '@tanstack/react-query';
import type { Agent } from '#server/contract/agent.ts';
import type { NamedAgent } from '#server/contract/run-event.ts';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { ModelChoices } from '#web/features/agents/components/model-choices.tsx';
import { useTakesOwnModels } from '#web/features/conversations/use-takes-own-models.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ListStates } from '#web/ui/list-states.tsx';

type ModelDialogProps = {
  agent: Agent;
  /** Another agent that took the conversation over: the choice is for who answers. */
  answering: NamedAgent | null;
  open: boolean;
  onClose: () => void;
  onChoose: (reference: string) => void;
};

/** The connected models with what they cost and can do, to choose one for an answer. */
export function ModelDialog({ agent, answering, open, onClose, onChoose }: ModelDialogProps) {
  const withOwn = useTakesOwnModels(agent, answering);
  const { t } = useTranslation('conversations');
  const { t: ofAgents } = useTranslation('agents');
  const models = useQuery({ ...modelListQuery, enabled: open });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('model.title')}
      description={ofAgents('model.answerExplanation')}
    >
      <ListStates
        items={models.data?.items.filter(({ personal }) => withOwn || !personal)}
        error={models.error}
        onRetry={models.refetch}
        empty={<p className="text-sm text-ink-soft">{ofAgents('model.noneConnected')}</p>}
      >
        {(items) => <ModelChoices models={items} onChoose={onChoose} />}
      </ListStates>
    </Dialog>
  );
}
