import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { toSchemaFields } from '#web/features/agents/schema-fields.ts';
import { FixedParameter } from './fixed-parameter.tsx';

/** The tool's parameters, each left to the model or set for good. */
export function FixedParameters({ index, schema }: { index: number; schema: JsonObject }) {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, `tools.${number}.fixedParameters`>({
    name: `tools.${index}.fixedParameters`,
  });
  const fixed = field.value;
  const fields = toSchemaFields(schema);
  if (fields.length === 0) return null;
  const change = (name: string, value: JsonValue | undefined) => {
    const { [name]: _, ...others } = fixed;
    field.onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return (
    <details className="text-sm" open={Object.keys(fixed).length > 0}>
      <summary className="w-fit rounded-sm py-1 text-ink-soft hover:text-ink">
        {t('tools.parameters', { count: Object.keys(fixed).length })}
      </summary>
      <div className="mt-2 grid gap-3">
        {fields.map((parameter) => (
          <FixedParameter
            key={parameter.name}
            field={parameter}
            value={fixed[parameter.name]}
            onChange={(value) => change(parameter.name, value)}
          />
        ))}
      </div>
    </details>
  );
}
