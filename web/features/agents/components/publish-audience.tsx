import { useFormContext, useWatch } from 'react-hook-form';
import type { Agent } from '#server/contract/agent.ts';
import { type AgentDefinition, Licence, Visibility } from '#server/contract/agent-definition.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { SelectField } from '#web/ui/select-field.tsx';

/** For whom a version is published, where it stands, and what they may do with it: the draft's own fields, once more. */
export function PublishAudience({ stored }: { stored: Agent }) {
  const { t } = useTranslation('agents');
  const { setValue } = useFormContext<AgentDefinition>();
  const [visibility, licence, category] = useWatch<
    AgentDefinition,
    ['access.visibility', 'access.licence', 'identity.category']
  >({ name: ['access.visibility', 'access.licence', 'identity.category'] });
  const categories = useCategories();
  const touch = { shouldDirty: true, shouldValidate: true };
  return (
    <>
      <SelectField
        label={t('access.visibility')}
        hint={t(`publish.audience.${visibility}`)}
        value={visibility}
        options={Visibility.options.map((value) => ({ value, label: t(`access.${value}`) }))}
        onChange={(event) => setValue('access.visibility', Visibility.parse(event.target.value), touch)}
      />
      {visibility !== 'private' && (
        <div className="field-row sm:grid-cols-2">
          <SelectField
            label={t('identity.category')}
            value={category}
            options={categories.choices([stored.definition.identity.category, category])}
            onChange={(event) => setValue('identity.category', event.target.value, touch)}
          />
          <SelectField
            label={t('access.licence')}
            value={licence}
            options={Licence.options.map((value) => ({
              value,
              label: t(`access.licences.${value}`, { defaultValue: value }),
            }))}
            onChange={(event) => setValue('access.licence', Licence.parse(event.target.value), touch)}
          />
        </div>
      )}
    </>
  );
}
