import { useFormContext, useFormState } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { useLanguageNames } from '#web/features/agents/use-language-names.ts';
import { useCategories } from '#web/lib/use-categories.ts';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { AvatarField } from './avatar-field.tsx';
import { BuilderSection } from './builder-section.tsx';
import { RewriteButton } from './rewrite-button.tsx';
import { StringListField } from './string-list-field.tsx';

const languages = ['auto', 'en', 'zh-CN', 'zh-TW', 'ja', 'ko', 'de', 'fr', 'es', 'pt', 'ru', 'vi'];

type FieldName = `identity.${'name' | 'handle' | 'tagline' | 'description' | 'category' | 'language'}`;

export function IdentitySection({ stored, modelsAddress }: { stored: Agent; modelsAddress: string }) {
  const { t, language } = useTranslation('agents');
  const { register, control, getValues } = useFormContext<AgentDefinition>();
  /** With its value, which the form would only set once it runs. */
  const field = (name: FieldName) => ({ ...register(name), defaultValue: getValues(name) });
  const { errors } = useFormState({ control });
  const wrong = errors.identity;
  const nameLanguage = useLanguageNames(language);
  const categories = useCategories();
  return (
    <BuilderSection name="identity">
      <AvatarField stored={stored} />
      <div className="field-row sm:grid-cols-2">
        <TextField label={t('identity.name')} error={wrong?.name?.message} {...field('identity.name')} />
        <TextField
          label={t('identity.handle')}
          hint={t('identity.handleHint')}
          error={wrong?.handle?.message}
          autoCapitalize="none"
          spellCheck={false}
          {...field('identity.handle')}
        />
      </div>
      <TextField
        label={t('identity.tagline')}
        aside={<RewriteButton agent={stored.id} part="tagline" modelsAddress={modelsAddress} />}
        optional
        error={wrong?.tagline?.message}
        {...field('identity.tagline')}
      />
      <TextArea
        label={t('identity.description')}
        aside={<RewriteButton agent={stored.id} part="description" modelsAddress={modelsAddress} />}
        optional
        error={wrong?.description?.message}
        {...field('identity.description')}
      />
      <div className="field-row sm:grid-cols-2">
        <SelectField
          label={t('identity.category')}
          error={wrong?.category?.message}
          options={categories.choices([stored.definition.identity.category])}
          {...field('identity.category')}
        />
        <SelectField
          label={t('identity.language')}
          hint={t('identity.languageHint')}
          error={wrong?.language?.message}
          options={withOwn(languages, stored.definition.identity.language).map((value) => ({
            value,
            label: value === 'auto' ? t('identity.languageAuto') : nameLanguage(value),
          }))}
          {...field('identity.language')}
        />
      </div>
      <StringListField
        name="identity.tags"
        label={t('identity.tags')}
        itemLabel={t('identity.tag')}
        addLabel={t('identity.addTag')}
        maximum={10}
      />
    </BuilderSection>
  );
}

function withOwn(values: readonly string[], own: string): string[] {
  return values.includes(own) ? [...values] : [...values, own];
}
