import { useMemo, useState } from 'react';
import type { ToolSummary } from '#server/contract/tool.ts';
import { type SchemaField, toFieldText, toSchemaFields } from '#web/features/tools/schema-fields.ts';
import { type ParameterWords, useParameterWords } from '#web/features/tools/use-parameter-words.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Badge } from '#web/ui/badge.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';

/** What a tool takes, parameter by parameter, and its schemas as they are; both unfold. */
export function ToolSchema({ tool }: { tool: Pick<ToolSummary, 'id' | 'inputSchema' | 'outputSchema'> }) {
  const { t } = useTranslation('tools');
  const [isOpen, setIsOpen] = useState(false);
  const fields = useMemo(() => toSchemaFields(tool.inputSchema), [tool.inputSchema]);
  return (
    <details className="text-sm" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="w-fit rounded-sm py-1 text-ink-soft hover:text-ink">
        {t('schema.parameters', { count: fields.length })}
      </summary>
      {isOpen && (
        <div className="mt-2 grid gap-3">
          {fields.length > 0 && <Parameters toolId={tool.id} fields={fields} />}
          <RawSchema label={t('schema.input')} schema={tool.inputSchema} />
          <RawSchema label={t('schema.output')} schema={tool.outputSchema} />
        </div>
      )}
    </details>
  );
}

function Parameters({ toolId, fields }: { toolId: string; fields: SchemaField[] }) {
  const words = useParameterWords(toolId);
  return (
    <dl className="grid gap-2.5">
      {fields.map((field) => (
        <Parameter key={field.name} field={field} words={words} />
      ))}
    </dl>
  );
}

type ParameterProps = { field: SchemaField; words: ParameterWords };

function Parameter({ field, words }: ParameterProps) {
  const { t } = useTranslation('tools');
  const { name, choices, defaultValue, description, isRequired } = field;
  const isChosen = field.kind === 'choice' || field.kind === 'boolean';
  return (
    <div className="grid gap-0.5">
      <dt className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <code className="font-mono break-all">{name}</code>
        <span className="text-xs text-ink-soft">{t(`schema.types.${toType(field)}`)}</span>
        {isRequired && <Badge>{t('schema.required')}</Badge>}
      </dt>
      {description !== '' && <dd className="text-ink-soft wrap-anywhere" {...words.describe(description)} />}
      {choices.length > 0 && (
        <dd className="text-xs text-ink-faint wrap-anywhere">
          {t('schema.choices', { choices: choices.map(words.sayChoice).join(t('schema.between')) })}
        </dd>
      )}
      {defaultValue !== undefined && defaultValue !== null && (
        <dd className="text-xs text-ink-faint wrap-anywhere">
          {t('schema.default', { value: isChosen ? words.sayChoice(defaultValue) : toFieldText(field, defaultValue) })}
        </dd>
      )}
    </div>
  );
}

function RawSchema({ label, schema }: { label: string; schema: ToolSummary['inputSchema'] }) {
  return (
    <details>
      <summary className="w-fit rounded-sm py-1 text-xs text-ink-soft hover:text-ink">{label}</summary>
      <CodeBlock label={label} code={JSON.stringify(schema, null, 2)} />
    </details>
  );
}

const toType = ({ kind, isInteger, shape }: SchemaField) =>
  kind === 'json' ? shape : kind === 'number' && isInteger ? 'integer' : kind;
