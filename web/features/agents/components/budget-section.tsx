import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { BuilderSection } from './builder-section.tsx';
import { NumberField } from './number-field.tsx';

export function BudgetSection() {
  const { t } = useTranslation('agents');
  return (
    <BuilderSection name="budget">
      <div className="field-row sm:grid-cols-3">
        <NumberField name="budget.maximumTokensPerRun" label={t('budget.tokens')} optional />
        <NumberField name="budget.maximumUsdPerRun" label={t('budget.usd')} optional />
        <NumberField name="budget.maximumSecondsPerRun" label={t('budget.seconds')} />
      </div>
      <div className="field-row sm:grid-cols-2">
        <NumberField name="budget.maximumTokensPerConversation" label={t('budget.conversationTokens')} optional />
        <NumberField name="budget.maximumUsdPerConversation" label={t('budget.conversationUsd')} optional />
        <NumberField
          name="budget.maximumTokensPerMonth"
          label={t('budget.monthTokens')}
          hint={t('budget.monthHint')}
          optional
        />
        <NumberField
          name="budget.maximumUsdPerMonth"
          label={t('budget.monthUsd')}
          hint={t('budget.usdHint')}
          optional
        />
      </div>
    </BuilderSection>
  );
}
