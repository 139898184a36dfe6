import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { ChoiceCards } from '#web/ui/choice-cards.tsx';
import { BuilderSection } from './builder-section.tsx';
import { NumberField } from './number-field.tsx';

export function ContextSection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'context.overflow'>({ name: 'context.overflow' });
  return (
    <BuilderSection name="context">
      <div className="field-row sm:grid-cols-2">
        <NumberField name="context.maximumMessages" label={t('context.messages')} hint={t('context.messagesHint')} />
        <NumberField name="context.maximumTokens" label={t('context.tokens')} hint={t('context.tokensHint')} />
      </div>
      <ChoiceCards
        label={t('context.overflow')}
        value={field.value}
        onChange={field.onChange}
        options={[
          { value: 'trim', label: t('context.trim'), description: t('context.trimHint') },
          { value: 'summarise', label: t('context.summarise'), description: t('context.summariseHint') },
        ]}
      />
    </BuilderSection>
  );
}
