import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { get, useController, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ModelList } from '#server/contract/model.ts';
import { findModelStanding } from '#web/features/agents/find-missing-parts.ts';
import { useConnectionName } from '#web/features/agents/use-connection-name.ts';
import { useModelFacts } from '#web/features/agents/use-model-facts.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { moveInPlace, removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

const ModelPicker = lazyDialog(async () => (await import('./model-picker.tsx')).ModelPicker);

/** The models that the agent wishes for, the most wanted first. */
export function ModelWishes({ models }: { models: ModelList | undefined }) {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'model.wishes'>({ name: 'model.wishes' });
  const { errors } = useFormState<AgentDefinition>({ name: 'model.wishes' });
  const [isPicking, setIsPicking] = useState(false);
  const wishes = field.value;
  const swap = (index: number, other: number) => {
    if (other < 0 || other >= wishes.length) return;
    const next = [...wishes];
    [next[index], next[other]] = [next[other] ?? '', next[index] ?? ''];
    moveInPlace(() => field.onChange(next));
  };
  return (
    <div role="group" aria-label={t('model.wishes')} className="grid gap-2">
      <p className="text-sm font-medium">{t('model.wishes')}</p>
      {wishes.length === 0 && (
        <p className="text-sm text-ink-soft">{t('model.default', { model: models?.defaultModel ?? '…' })}</p>
      )}
      <ol className="grid gap-1.5">
        {wishes.map((wish, index) => (
          <li key={wish} className="flex items-center gap-1 rounded-md border border-line bg-raised py-1 pr-1 pl-3">
            <div className="grid min-w-0 flex-1">
              <span className="truncate font-mono text-sm">{wish}</span>
              {models && <ModelFacts wish={wish} models={models} />}
              {get<unknown, { message?: string } | undefined>(errors, `model.wishes.${index}`)?.message}
            </div>
            <IconButton
              size="small"
              label={t('model.up', { model: wish })}
              icon={<ArrowUp />}
              aria-disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            />
            <IconButton
              size="small"
              label={t('model.down', { model: wish })}
              icon={<ArrowDown />}
              aria-disabled={index === wishes.length - 1}
              onClick={() => swap(index, index + 1)}
            />
            <IconButton
              size="small"
              label={t('list.remove', { item: wish })}
              icon={<X />}
              onClick={() => removeInPlace(() => field.onChange(wishes.filter((_, at) => at !== index)))}
            />
          </li>
        ))}
      </ol>
      {wishes.length < 5 && (
        <Button
          size="small"
          className="justify-self-start"
          icon={<Plus aria-hidden />}
          onClick={() => setIsPicking(true)}
        >
          {t('model.add')}
        </Button>
      )}
      <ModelPicker
        open={isPicking}
        onOpenChange={setIsPicking}
        models={models?.items.filter(({ reference }) => !wishes.includes(reference)) ?? []}
        wishes={wishes}
        onAdd={(wish) => field.onChange([...wishes, wish])}
      />
    </div>
  );
}

function ModelFacts({ wish, models }: { wish: string; models: ModelList }) {
  const { t } = useTranslation('agents');
  const { toFigures, toAbilities } = useModelFacts();
  const toConnection = useConnectionName();
  const model = models.items.find(({ reference }) => reference === wish);
  if (!model) {
    const standing = findModelStanding(wish, models);
    if (standing === 'notListed') return <span className="text-xs text-ink-faint">{t('model.notListed')}</span>;
    return <span className="text-xs text-warning">{t('model.notConnected')}</span>;
  }
  const facts = [toConnection(model), toFigures(model), ...toAbilities(model)];
  return <span className="text-xs text-ink-faint">{facts.join(' · ')}</span>;
}
