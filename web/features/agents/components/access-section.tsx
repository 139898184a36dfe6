import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type AgentDefinition, Licence, Visibility } from '#server/contract/agent-definition.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { BuilderSection } from './builder-section.tsx';

export function AccessSection() {
  const { t } = useTranslation('agents');
  const { register } = useFormContext<AgentDefinition>();
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
      <SelectField
        label={t('access.licence')}
        hint={t('access.licenceHint')}
        options={Licence.options.map((value) => ({
          value,
          label: t(`access.licences.${value}`, { defaultValue: value }),
        }))}
        {...register('access.licence')}
      />
    </BuilderSection>
  );
}
