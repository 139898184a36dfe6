import { useQuery } from '@tanstack/react-query';
import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { type AgentDefinition, ReasoningEffort } from '#server/contract/agent-definition.ts';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { Notice } from '#web/ui/notice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { BuilderSection } from './builder-section.tsx';
import { ModelWishes } from './model-wishes.tsx';
import { NumberField } from './number-field.tsx';

export function ModelSection({ settingsAddress }: { settingsAddress: string }) {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'model.reasoning'>({ name: 'model.reasoning' });
  const models = useQuery(modelListQuery);
  const hasLanguageModel = models.data?.items.some(({ kind }) => kind === 'language-model') ?? true;
  return (
    <BuilderSection name="model">
      {!hasLanguageModel && (
        <Notice
          title={t('model.noneConnected')}
          actions={
            <Link to={settingsAddress} className="text-link">
              {t('model.connect')}
            </Link>
          }
        >
          {t('model.noneConnectedText')}
        </Notice>
      )}
      <ModelWishes models={models.data} />
      <div className="field-row sm:grid-cols-2">
        <SelectField
          label={t('model.reasoning')}
          hint={t('model.reasoningHint')}
          value={field.value ?? ''}
          onChange={(event) => field.onChange(event.target.value || null)}
          options={[
            { value: '', label: t('model.reasoningUnset') },
            ...ReasoningEffort.options.map((value) => ({ value, label: t(`model.reasoningEfforts.${value}`) })),
          ]}
        />
        <NumberField
          name="model.temperature"
          label={t('model.temperature')}
          hint={t('model.temperatureHint')}
          optional
        />
        <NumberField
          name="model.maximumOutputTokens"
          label={t('model.maximumOutputTokens')}
          hint={t('model.maximumOutputTokensHint')}
          optional
        />
        <NumberField name="model.maximumSteps" label={t('model.maximumSteps')} hint={t('model.maximumStepsHint')} />
      </div>
    </BuilderSection>
  );
}
