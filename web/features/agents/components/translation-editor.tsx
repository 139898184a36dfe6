import { get, useFormState, useWatch } from 'react-hook-form';
import type { AgentDefinition, AgentTranslation, AgentVariable } from '#server/contract/agent-definition.ts';
import { findOwn } from '#server/contract/shown-definition.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { StringList } from './string-list.tsx';

type TranslationEditorProps = { tag: string; texts: AgentTranslation; onChange: (texts: AgentTranslation) => void };

/** The texts of an agent in one language, each with the original behind it while it is empty. */
export default function TranslationEditor({ tag, texts, onChange }: TranslationEditorProps) {
  const { t } = useTranslation('agents');
  const { errors } = useFormState<AgentDefinition>({ name: 'translations' });
  const [identity, opening, variables] = useWatch<AgentDefinition, ['identity', 'opening', 'variables']>({
    name: ['identity', 'opening', 'variables'],
  });
  const put = (part: Partial<AgentTranslation>) => onChange({ ...texts, ...part });
  const putOpening = (part: Partial<AgentTranslation['opening']>) => put({ opening: { ...texts.opening, ...part } });
  const { message, starters, example } = texts.opening;
  const messageOf = (place: string): string | undefined =>
    get<unknown, { message?: string } | undefined>(errors, place)?.message;
  const at = (place: string, value: string, original: string, onText: (text: string) => void) => {
    const name = `translations.${tag}.${place}`;
    return {
      name,
      value,
      lang: tag,
      placeholder: original,
      error: messageOf(name),
      optional: true,
      onChange: ({ target }: { target: { value: string } }) => onText(target.value),
    };
  };
  return (
    <div className="grid min-w-0 gap-4">
      <TextField label={t('identity.name')} {...at('name', texts.name, identity.name, (name) => put({ name }))} />
      <TextField
        label={t('identity.tagline')}
        {...at('tagline', texts.tagline, identity.tagline, (tagline) => put({ tagline }))}
      />
      <TextArea
        label={t('identity.description')}
        {...at('description', texts.description, identity.description, (description) => put({ description }))}
      />
      {identity.tags.length > 0 && (
        <StringList
          name={`translations.${tag}.tags`}
          label={t('identity.tags')}
          itemLabel={t('identity.tag')}
          addLabel={t('identity.addTag')}
          lang={tag}
          items={texts.tags}
          onChange={(tags) => put({ tags })}
          messageAt={(index) => messageOf(`translations.${tag}.tags.${index}`)}
          maximum={identity.tags.length}
        />
      )}
      <TextArea
        label={t('opening.message')}
        {...at('opening.message', message, opening.message, (text) => putOpening({ message: text }))}
      />
      <StringList
        name={`translations.${tag}.opening.starters`}
        label={t('opening.starters')}
        itemLabel={t('opening.starter')}
        addLabel={t('opening.addStarter')}
        lang={tag}
        items={starters}
        onChange={(items) => putOpening({ starters: items })}
        messageAt={(index) => messageOf(`translations.${tag}.opening.starters.${index}`)}
        maximum={8}
      />
      {(opening.example.question !== '' || example.question !== '') && (
        <>
          <TextArea
            label={t('opening.exampleQuestion')}
            {...at('opening.example.question', example.question, opening.example.question, (question) =>
              putOpening({ example: { ...example, question } }),
            )}
          />
          <TextArea
            label={t('opening.exampleAnswer')}
            {...at('opening.example.answer', example.answer, opening.example.answer, (answer) =>
              putOpening({ example: { ...example, answer } }),
            )}
          />
        </>
      )}
      {variables.map((variable) => (
        <VariableTexts
          key={variable.name}
          variable={variable}
          texts={findOwn(texts.variables, variable.name) ?? nothing}
          at={at}
          onChange={(said) => put({ variables: { ...texts.variables, [variable.name]: said } })}
        />
      ))}
    </div>
  );
}

type VariableTranslation = AgentTranslation['variables'][string];
const nothing: VariableTranslation = { label: '', defaultValue: '', options: {} };

type VariableTextsProps = {
  variable: AgentVariable;
  texts: VariableTranslation;
  at: (place: string, value: string, original: string, onText: (text: string) => void) => object;
  onChange: (texts: VariableTranslation) => void;
};

/** How one value is asked for. */
function VariableTexts({ variable, texts, at, onChange }: VariableTextsProps) {
  const { t } = useTranslation('agents');
  const { name, label, type, options, defaultValue } = variable;
  const place = `variables.${name}`;
  return (
    <div role="group" aria-label={label} className="grid min-w-0 gap-3 border-l-2 border-line pl-3">
      <TextField
        label={`${t('variables.label')} · ${name}`}
        {...at(`${place}.label`, texts.label, label, (text) => onChange({ ...texts, label: text }))}
      />
      {type === 'text' && defaultValue !== '' && (
        <TextField
          label={t('variables.defaultValue')}
          {...at(`${place}.defaultValue`, texts.defaultValue, defaultValue, (text) =>
            onChange({ ...texts, defaultValue: text }),
          )}
        />
      )}
      {type === 'choice' &&
        options.map((option) => (
          <TextField
            key={option}
            label={t('translations.option', { option })}
            {...at(`${place}.options.${option}`, findOwn(texts.options, option) ?? '', option, (text) =>
              onChange({ ...texts, options: { ...texts.options, [option]: text } }),
            )}
          />
        ))}
    </div>
  );
}
