import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { BuilderSection } from './builder-section.tsx';

export function MemorySection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'memory.kind'>({ name: 'memory.kind' });
  return (
    <BuilderSection name="memory">
      <ChoiceCards
        label={t('memory.kind')}
        value={field.value}
        onChange={field.onChange}
        options={[{ value: 'off', label: t('memory.off'), description: t('memory.offHint') }]}
      />
    </BuilderSection>
  );
}
