import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type AgentDefinition, AgentMemory } from '#server/contract/agent-definition.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { BuilderSection } from './builder-section.tsx';
import { NumberField } from './number-field.tsx';

const kinds = ['off', 'person', 'agent'] as const;

/** What the agent keeps between conversations, and of whom. */
export function MemorySection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'memory'>({ name: 'memory' });
  const memory = field.value;
  return (
    <BuilderSection name="memory">
      <ChoiceCards
        label={t('memory.kind')}
        value={memory.kind}
        onChange={(kind) => field.onChange(AgentMemory.parse({ kind }))}
        options={kinds.map((kind) => ({
          value: kind,
          label: t(`memory.${kind}`),
          description: t(`memory.${kind}Hint`),
        }))}
      />
      {memory.kind === 'person' && (
        <SwitchField
          label={t('memory.summarise')}
          hint={t('memory.summariseHint')}
          checked={memory.summarise}
          onChange={(event) => field.onChange({ ...memory, summarise: event.target.checked })}
        />
      )}
      {memory.kind !== 'off' && (
        <div className="field-row sm:grid-cols-2">
          <NumberField
            name="memory.maximumFacts"
            label={t('memory.maximumFacts')}
            hint={t(memory.kind === 'person' ? 'memory.maximumFactsHint' : 'memory.maximumFactsOfAgentHint')}
          />
        </div>
      )}
    </BuilderSection>
  );
}
