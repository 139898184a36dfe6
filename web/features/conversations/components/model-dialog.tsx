import { useQuery } from '@tanstack/react-query';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { useConnectionName } from '#web/features/agents/use-connection-name.ts';
import { useModelFacts } from '#web/features/agents/use-model-facts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { ListStates } from '#web/ui/list-states.tsx';

type ModelDialogProps = { open: boolean; onClose: () => void; onChoose: (reference: string) => void };

/** The connected models with what they cost and can do, to choose one for an answer. */
export function ModelDialog({ open, onClose, onChoose }: ModelDialogProps) {
  const { t } = useTranslation('conversations');
  const { t: ofAgents } = useTranslation('agents');
  const toFacts = useModelFacts();
  const toConnection = useConnectionName();
  const models = useQuery({ ...modelListQuery, enabled: open });
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={t('model.title')}
      description={ofAgents('model.answerExplanation')}
      size="small"
    >
      <ListStates
        items={models.data?.items}
        error={models.error}
        onRetry={models.refetch}
        empty={<p className="text-sm text-ink-soft">{ofAgents('model.noneConnected')}</p>}
      >
        {(items) => (
          <ul className="grid gap-2">
            {items.map((model) => (
              <li key={model.reference} className="grid">
                <button
                  type="button"
                  onClick={() => onChoose(model.reference)}
                  className="grid gap-0.5 rounded-md border border-line bg-surface px-4 py-2.5 text-left transition-colors hover:border-accent hover:bg-accent-soft"
                >
                  <span className="font-medium wrap-anywhere">
                    {model.name} <span className="font-normal text-ink-soft">{toConnection(model)}</span>
                  </span>
                  <span className="text-sm text-ink-soft">{toFacts(model)}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
    </Dialog>
  );
}
