import { useTranslation } from 'react-i18next';
import { BuilderSection } from './builder-section.tsx';
import { NumberField } from './number-field.tsx';

export function ContextSection() {
  const { t } = useTranslation('agents');
  return (
    <BuilderSection name="context">
      <div className="field-row sm:grid-cols-2">
        <NumberField name="context.maximumMessages" label={t('context.messages')} hint={t('context.messagesHint')} />
        <NumberField name="context.maximumTokens" label={t('context.tokens')} hint={t('context.tokensHint')} />
      </div>
    </BuilderSection>
  );
}
