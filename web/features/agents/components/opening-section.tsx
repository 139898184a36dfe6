import { useFormContext, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { TextArea } from '#web/ui/text-area.tsx';
import { BuilderSection } from './builder-section.tsx';
import { StringListField } from './string-list-field.tsx';

export function OpeningSection() {
  const { t } = useTranslation('agents');
  const { register, control } = useFormContext<AgentDefinition>();
  const { errors } = useFormState({ control, name: 'opening' });
  return (
    <BuilderSection name="opening">
      <TextArea
        label={t('opening.message')}
        hint={t('opening.messageHint')}
        optional
        error={errors.opening?.message?.message}
        {...register('opening.message')}
      />
      <StringListField
        name="opening.starters"
        label={t('opening.starters')}
        itemLabel={t('opening.starter')}
        addLabel={t('opening.addStarter')}
        maximum={8}
      />
      <TextArea
        label={t('opening.exampleQuestion')}
        hint={t('opening.exampleHint')}
        optional
        error={errors.opening?.example?.question?.message}
        {...register('opening.example.question')}
      />
      <TextArea
        label={t('opening.exampleAnswer')}
        optional
        error={errors.opening?.example?.answer?.message}
        {...register('opening.example.answer')}
      />
    </BuilderSection>
  );
}
