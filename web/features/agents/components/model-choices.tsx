import { useDeferredValue, useMemo, useState } from 'react';
import type { ModelSummary } from '#server/contract/model.ts';
import { type ModelOrder, modelOrders, sortModels } from '#web/features/agents/sort-models.ts';
import { useConnectionName } from '#web/features/agents/use-connection-name.ts';
import { abilities, type Ability, useModelFacts } from '#web/features/agents/use-model-facts.ts';
import { createWordSearch } from '#web/lib/find-by-words.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const shownAtOnce = 60;

/** Models to choose one from, by words, order and ability, with what each costs and can do. */
export function ModelChoices({
  models,
  onChoose,
}: {
  models: readonly ModelSummary[];
  onChoose: (reference: string) => void;
}) {
  const { t } = useTranslation('agents');
  const [search, setSearch] = useState('');
  const deferred = useDeferredValue(search);
  const [order, setOrder] = useState<ModelOrder>('provider');
  const [needed, setNeeded] = useState<Ability[]>([]);
  const [shown, setShown] = useState(shownAtOnce);
  const searchWords = useMemo(() => {
    const named = models.map(({ reference: id, provider: words }) => ({ id, words }));
    return createWordSearch(named, ({ id, words }) => ({ names: id, words }));
  }, [models]);
  const found = useMemo(() => {
    const words = deferred.toLowerCase().split(/\s+/).filter(Boolean);
    const able = models.filter((model) => needed.every((ability) => model[ability] === true));
    const fitting = able.filter((model) => {
      const text = `${model.reference} ${model.provider}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    if (fitting.length > 0 || words.length === 0) return sortModels(fitting, order);
    const scores = searchWords(deferred, { orSome: false });
    return sortModels(
      able.filter(({ reference }) => scores.has(reference)),
      order,
    );
  }, [models, deferred, needed, order, searchWords]);
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 sm:grid-cols-[1fr_14rem]">
        <TextField
          type="search"
          label={t('model.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <SelectField
          label={t('model.order')}
          value={order}
          onChange={({ target }) => setOrder(modelOrders.find((one) => one === target.value) ?? 'provider')}
          options={modelOrders.map((value) => ({ value, label: t(`model.orders.${value}`) }))}
        />
      </div>
      <div role="group" aria-label={t('model.needed')} className="flex flex-wrap gap-2">
        {abilities.map((ability) => {
          const isOn = needed.includes(ability);
          return (
            <Button
              key={ability}
              size="small"
              variant={isOn ? 'primary' : 'secondary'}
              aria-pressed={isOn}
              onClick={() => setNeeded(isOn ? needed.filter((one) => one !== ability) : [...needed, ability])}
            >
              {t(`model.abilities.${ability}`)}
            </Button>
          );
        })}
      </div>
      <p role="status" className="text-sm text-ink-faint">
        {t('model.found', { count: found.length })}
      </p>
      <ul className="grid gap-2">
        {found.slice(0, shown).map((model) => (
          <ModelChoice key={model.reference} model={model} onChoose={() => onChoose(model.reference)} />
        ))}
      </ul>
      <LoadMore hasMore={found.length > shown} busy={false} onLoad={() => setShown(shown + shownAtOnce)} />
    </div>
  );
}

function ModelChoice({ model, onChoose }: { model: ModelSummary; onChoose: () => void }) {
  const { t } = useTranslation('agents');
  const { toFigures, toAbilities, toUnknown } = useModelFacts();
  const toConnection = useConnectionName();
  const can = toAbilities(model);
  const unknown = toUnknown(model);
  return (
    <li className="grid">
      <button
        type="button"
        onClick={onChoose}
        className="grid gap-1 rounded-md border border-line bg-surface px-4 py-2.5 text-left hover:border-accent hover:bg-accent-soft"
      >
        <span className="font-medium wrap-anywhere">
          {model.name} <span className="font-normal text-ink-soft">{toConnection(model)}</span>
        </span>
        <span className="text-sm text-ink-soft">{toFigures(model)}</span>
        {(can.length > 0 || unknown.length > 0) && (
          <span className="flex flex-wrap items-center gap-1.5">
            {can.map((ability) => (
              <Badge key={ability}>{ability}</Badge>
            ))}
            {unknown.length > 0 && (
              <span className="text-xs text-ink-soft">{t('model.notKnown', { abilities: unknown.join(', ') })}</span>
            )}
          </span>
        )}
      </button>
    </li>
  );
}
