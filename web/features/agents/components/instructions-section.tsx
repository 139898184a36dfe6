import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type AgentDefinition, AgentTool } from '#server/contract/agent-definition.ts';
import { estimateTokens } from '#server/contract/estimate-tokens.ts';
import { findUnknownMarks, type InstructionNames, type UnknownMark } from '#web/features/agents/find-unknown-marks.ts';
import { withoutItself } from '#web/features/agents/without-itself.ts';
import type { InstructionsHandle } from '#web/features/agents/instructions-editor/instructions-editor.tsx';
import { tableListQuery } from '#web/lib/table-list-query.ts';
import { toolListQuery } from '#web/lib/tool-list-query.ts';
import { useFormat } from '#web/lib/format.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { BuilderSection } from './builder-section.tsx';
import { InstructionsField } from './instructions-field.tsx';
import { RewriteButton } from './rewrite-button.tsx';
import { UnknownMarks } from './unknown-marks.tsx';

const longest = 32_000;
const mostVariables = 20;
const mostTools = 64;
/** Those that are told the name of a table. */
const tableTools = new Set(['run-sql', 'profile-table', 'forecast', 'indicators']);
const write = { shouldDirty: true, shouldValidate: true } as const;
const insertButton =
  'min-h-8 rounded-sm border border-line bg-sunken px-2 font-mono text-xs hover:border-accent wrap-anywhere';

export function InstructionsSection({ agent, modelsAddress }: { agent: string; modelsAddress: string }) {
  const { t } = useTranslation('agents');
  const format = useFormat();
  const localize = useLocalized();
  const { getValues, setValue, control } = useFormContext<AgentDefinition>();
  const { field, fieldState } = useController({ control, name: 'instructions' });
  const variables = useWatch({ control, name: 'variables' });
  const tools = useWatch({ control, name: 'tools' });
  const handleName = useWatch({ control, name: 'identity.handle' });
  const catalogue = useQuery(toolListQuery);
  const readsTables = tools.some(({ id }) => tableTools.has(id));
  const tables = useQuery({ ...tableListQuery, enabled: readsTables });
  const handle = useRef<InstructionsHandle>(null);
  const mention = useRef<HTMLButtonElement>(null);
  const instructions = field.value;
  const names = useMemo(
    (): InstructionNames => ({
      variables: variables.map(({ name, label }) => ({ name, label })),
      tools: tools.map(({ id }) => id),
      catalogue: catalogue.data
        ? withoutItself(catalogue.data.items, handleName).map(({ id, title }) => ({ id, title: localize(title) }))
        : null,
      tables: readsTables ? (tables.data?.items ?? []).map(({ name, description }) => ({ name, description })) : [],
    }),
    [variables, tools, catalogue.data, readsTables, tables.data, handleName, localize],
  );
  const addTool = useCallback(
    (id: string) => {
      const before = getValues('tools');
      if (before.length < mostTools && !before.some((tool) => tool.id === id))
        setValue('tools', [...before, AgentTool.parse({ id })], write);
    },
    [getValues, setValue],
  );
  const addVariable = (name: string) =>
    setValue(
      'variables',
      [...getValues('variables'), { name, label: name, type: 'text', required: true, options: [], defaultValue: '' }],
      write,
    );
  const add = ({ kind, name }: UnknownMark) => (kind === 'variable' ? addVariable(name) : addTool(name));
  const isFull = { variable: variables.length >= mostVariables, tool: tools.length >= mostTools };
  const unknown = findUnknownMarks(instructions, names).map((mark) => ({
    ...mark,
    canBeAdded: mark.canBeAdded && !isFull[mark.kind],
  }));
  return (
    <BuilderSection name="instructions">
      <InstructionsField
        field={field}
        error={fieldState.error?.message}
        names={names}
        onAddTool={addTool}
        onLeave={() => mention.current?.focus()}
        handle={handle}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <RewriteButton agent={agent} part="instructions" modelsAddress={modelsAddress} />
        <p className="text-xs text-ink-faint tabular-nums">
          {t('instructions.length', {
            length: format.number(instructions.length),
            longest: format.number(longest),
            tokens: format.number(estimateTokens(instructions)),
          })}
        </p>
      </div>
      <UnknownMarks unknown={unknown} onAdd={add} />
      <div role="group" aria-label={t('instructions.insert')} className="flex flex-wrap items-center gap-1.5 text-sm">
        <span aria-hidden className="text-ink-soft">
          {t('instructions.insert')}
        </span>
        <button ref={mention} type="button" onClick={() => handle.current?.insert('/')} className={insertButton}>
          {t('instructions.mention')}
        </button>
        {variables.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            title={label}
            onClick={() => handle.current?.insert(`{{${name}}}`)}
            className={insertButton}
          >
            {`{{${name}}}`}
          </button>
        ))}
      </div>
    </BuilderSection>
  );
}
