import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type AgentDefinition, Visibility } from '#server/contract/agent-definition.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { BuilderSection } from './builder-section.tsx';

export function AccessSection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'access.visibility'>({ name: 'access.visibility' });
  return (
    <BuilderSection name="access">
      <ChoiceCards
        label={t('access.visibility')}
        value={field.value}
        onChange={field.onChange}
        options={Visibility.options.map((value) => ({
          value,
          label: t(`access.${value}`),
          description: t(`access.${value}Hint`),
        }))}
      />
    </BuilderSection>
  );
}
