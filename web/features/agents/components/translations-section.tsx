import { ChevronDown, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useController, useFormState } from 'react-hook-form';
import { type AgentDefinition, AgentTranslation } from '#server/contract/agent-definition.ts';
import { useLanguageNames } from '#web/features/agents/use-language-names.ts';
import { languages } from '#web/lib/i18n/language.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { BuilderSection } from './builder-section.tsx';

/** Most agents speak one language. */
const TranslationEditor = lazy(() => import('./translation-editor.tsx'));

/** What people read of the agent, in the page's other languages; those that came over the API can be changed too. */
export function TranslationsSection() {
  const { t, language } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'translations'>({ name: 'translations' });
  const { errors } = useFormState<AgentDefinition>({ name: 'translations' });
  const [opened, setOpened] = useState<string | null>(null);
  const nameLanguage = useLanguageNames(language);
  const translations = field.value;
  const put = (tag: string, texts: AgentTranslation) => field.onChange({ ...translations, [tag]: texts });
  const remove = (tag: string) => {
    const { [tag]: _, ...others } = translations;
    field.onChange(others);
  };
  return (
    <BuilderSection name="translations">
      {Object.entries(translations).map(([tag, texts]) => {
        const isOpen = opened === tag || errors.translations?.[tag] !== undefined;
        const name = nameLanguage(tag);
        return (
          <div
            key={tag}
            role="group"
            aria-label={name}
            className="grid min-w-0 gap-3 rounded-md border border-line bg-raised p-3"
          >
            <div className="flex items-center justify-between gap-2">
              <Button
                variant="quiet"
                size="small"
                aria-expanded={isOpen}
                icon={<ChevronDown aria-hidden className={isOpen ? 'rotate-180' : undefined} />}
                onClick={() => setOpened(isOpen ? null : tag)}
              >
                {t('translations.edit', { language: name })}
              </Button>
              <IconButton
                size="small"
                label={t('list.remove', { item: name })}
                icon={<Trash2 />}
                onClick={() => removeInPlace(() => remove(tag))}
              />
            </div>
            {isOpen && (
              <Suspense fallback={<SkeletonList rows={3} />}>
                <TranslationEditor tag={tag} texts={texts} onChange={(next) => put(tag, next)} />
              </Suspense>
            )}
          </div>
        );
      })}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {Object.entries(languages)
          .filter(([tag]) => !(tag in translations))
          .map(([tag, name]) => (
            <Button
              key={tag}
              size="small"
              icon={<Plus aria-hidden />}
              onClick={() => {
                put(tag, AgentTranslation.parse({}));
                setOpened(tag);
              }}
            >
              {t('translations.add', { language: name })}
            </Button>
          ))}
      </div>
    </BuilderSection>
  );
}
