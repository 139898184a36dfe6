import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ModelReference } from '#server/contract/agent-definition.ts';
import type { ModelList } from '#server/contract/model.ts';
import { useConnectionName } from '#web/features/agents/use-connection-name.ts';
import { useModelFacts } from '#web/features/agents/use-model-facts.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type AddModelProps = { models: ModelList | undefined; wishes: string[]; onAdd: (reference: string) => void };

/** Adds a wish: one of the connected models, or any other by its name. */
export function AddModel({ models, wishes, onAdd }: AddModelProps) {
  const { t } = useTranslation('agents');
  const toFacts = useModelFacts();
  const toConnection = useConnectionName();
  const [isWriting, setIsWriting] = useState(false);
  const [written, setWritten] = useState('');
  const isValid = ModelReference.safeParse(written.trim()).success && !wishes.includes(written.trim());
  const free = models?.items.filter(({ reference }) => !wishes.includes(reference)) ?? [];
  if (!isWriting) {
    const connections = [...new Set(free.map(toConnection))];
    return (
      <SelectField
        label={t('model.add')}
        hint={t('model.addHint')}
        value=""
        onChange={({ target }) => (target.value === 'other' ? setIsWriting(true) : onAdd(target.value))}
        options={[
          { value: '', label: t('model.choose') },
          ...connections.map((connection) => ({
            label: connection,
            options: free
              .filter((model) => toConnection(model) === connection)
              .map((model) => ({ value: model.reference, label: `${model.name} — ${toFacts(model)}` })),
          })),
          { value: 'other', label: t('model.other') },
        ]}
      />
    );
  }
  const add = () => {
    onAdd(written.trim());
    setWritten('');
    setIsWriting(false);
  };
  return (
    <div className="flex flex-wrap items-end gap-2">
      <TextField
        className="min-w-56 flex-1"
        label={t('model.reference')}
        hint={t('model.referenceHint')}
        value={written}
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (isValid) add();
        }}
      />
      <Button disabled={!isValid} onClick={add}>
        {t('model.addWritten')}
      </Button>
      <Button variant="quiet" onClick={() => setIsWriting(false)}>
        {t('common:action.cancel')}
      </Button>
    </div>
  );
}
