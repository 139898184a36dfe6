import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { findVariableNames } from '#web/features/agents/find-variable-names.ts';
import { useFormat } from '#web/lib/format.ts';
import { TextArea } from '#web/ui/text-area.tsx';
import { BuilderSection } from './builder-section.tsx';
import { RewriteButton } from './rewrite-button.tsx';

const longest = 32_000;

export function InstructionsSection({ agent, modelsAddress }: { agent: string; modelsAddress: string }) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const { register, setValue, control } = useFormContext<AgentDefinition>();
  const { errors } = useFormState({ control, name: 'instructions' });
  const instructions = useWatch({ control, name: 'instructions' });
  const variables = useWatch({ control, name: 'variables' });
  const known = new Set(variables.map(({ name }) => name));
  const unknown = findVariableNames(instructions).filter((name) => !known.has(name));
  const insert = (name: string) =>
    setValue('instructions', `${instructions}{{${name}}}`, { shouldDirty: true, shouldValidate: true });
  return (
    <BuilderSection name="instructions">
      <TextArea
        label={t('instructions.label')}
        hideLabel
        rows={8}
        monospaced
        placeholder={t('instructions.placeholder')}
        error={errors.instructions?.message}
        {...register('instructions')}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RewriteButton agent={agent} part="instructions" modelsAddress={modelsAddress} />
        <p className="text-xs text-ink-faint tabular-nums">
          {t('instructions.length', { length: format.number(instructions.length), longest: format.number(longest) })}
        </p>
      </div>
      {unknown.length > 0 && (
        <p role="status" className="text-sm text-warning">
          {t('instructions.unknown', { names: unknown.map((name) => `{{${name}}}`).join(', ') })}
        </p>
      )}
      {variables.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5 text-sm">
          <span className="text-ink-soft">{t('instructions.insert')}</span>
          {variables.map(({ name, label }) => (
            <button
              key={name}
              type="button"
              title={label}
              onClick={() => insert(name)}
              className="min-h-8 rounded-sm border border-line bg-sunken px-2 font-mono text-xs hover:border-accent"
            >
              {`{{${name}}}`}
            </button>
          ))}
        </div>
      )}
    </BuilderSection>
  );
}
