import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { BenchValues } from '#web/features/tools/bench-input.ts';
import type { FieldFault } from '#web/features/tools/schema-fields.ts';
import type { BenchField } from '#web/features/tools/to-bench-fields.ts';
import { useParameterWords } from '#web/features/tools/use-parameter-words.ts';
import { BenchFile } from './bench-file.tsx';
import { SchemaInput } from './schema-input.tsx';

type BenchFieldsProps = {
  toolId: string;
  fields: BenchField[];
  values: BenchValues;
  faults: Record<string, FieldFault>;
  /** What the tool itself found wrong. */
  issues: Record<string, string>;
  onChange: (name: string, text: string) => void;
};

/** A field for each parameter; those that are needed come first. */
export function BenchFields({ toolId, fields, values, faults, issues, onChange }: BenchFieldsProps) {
  const { t } = useTranslation('tools');
  const words = useParameterWords(toolId);
  if (fields.length === 0) return <p className="text-sm text-ink-soft">{t('bench.noParameters')}</p>;
  const ordered = [...fields].sort((one, other) => Number(other.isRequired) - Number(one.isRequired));
  return ordered.map((field) => {
    const { name, isRequired } = field;
    const fault = faults[name];
    const mayBeNothing = !isRequired || field.kind === 'choice' || field.kind === 'boolean';
    const isList = field.shape === 'array';
    return (
      <div key={name} className="grid gap-2">
        <SchemaInput
          field={field}
          sayChoice={words.sayChoice}
          label={name}
          hint={field.description && <span {...words.describe(field.description)} />}
          optional={!isRequired}
          aside={field.kind === 'json' ? t(`shape.${field.shape}`) : undefined}
          value={values[name] ?? ''}
          error={fault === undefined ? issues[name] : t(`wrong.${fault}`)}
          onChange={(text) => onChange(name, text)}
          {...(mayBeNothing && { nothing: t(isRequired ? 'bench.choose' : 'bench.leftOut') })}
        />
        {field.takesFiles && (
          <BenchFile
            name={name}
            isList={isList}
            onStored={(files) => {
              const given = files.map(({ id, name: file }) => ({ name: file, file: id }));
              onChange(name, JSON.stringify(isList ? given : given[0], null, 2));
            }}
          />
        )}
      </div>
    );
  });
}
