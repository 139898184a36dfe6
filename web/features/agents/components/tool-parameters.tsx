import { useMemo, useState } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { toSchemaFields } from '#web/features/tools/schema-fields.ts';
import { useParameterWords } from '#web/features/tools/use-parameter-words.ts';
import { ToolParameter } from './tool-parameter.tsx';

/** The tool's parameters, each left to the model, set for good, or kept from the model. */
export function ToolParameters({ index, id, schema }: { index: number; id: string; schema: JsonObject }) {
  const { t } = useTranslation('agents');
  const { field: fixed } = useController<AgentDefinition, `tools.${number}.fixedParameters`>({
    name: `tools.${index}.fixedParameters`,
  });
  const { field: hidden } = useController<AgentDefinition, `tools.${number}.hiddenParameters`>({
    name: `tools.${index}.hiddenParameters`,
  });
  const words = useParameterWords(id);
  const fields = useMemo(() => toSchemaFields(schema), [schema]);
  const [isOpen] = useState(() => Object.keys(fixed.value).length + hidden.value.length > 0);
  if (fields.length === 0) return null;
  const hide = (name: string, isHidden: boolean) => {
    const others = hidden.value.filter((each) => each !== name);
    if (isHidden || others.length < hidden.value.length) hidden.onChange(isHidden ? [...others, name] : others);
  };
  const change = (name: string, value: JsonValue | undefined) => {
    const { [name]: _, ...others } = fixed.value;
    fixed.onChange(value === undefined ? others : { ...others, [name]: value });
    if (value !== undefined) hide(name, false);
  };
  const fixedCount = Object.keys(fixed.value).length;
  const hiddenCount = hidden.value.length;
  return (
    <details className="text-sm" open={isOpen}>
      <summary className="w-fit rounded-sm py-1 text-ink-soft hover:text-ink">
        {t('tools.parameters', { count: fixedCount })}
        {hiddenCount > 0 && ` · ${t('tools.hiddenCount', { count: hiddenCount })}`}
      </summary>
      <div className="mt-2 grid gap-3">
        {fields.map((parameter) => (
          <ToolParameter
            key={parameter.name}
            field={parameter}
            words={words}
            value={fixed.value[parameter.name]}
            onChange={(value) => change(parameter.name, value)}
            isHidden={hidden.value.includes(parameter.name)}
            onHide={(isHidden) => hide(parameter.name, isHidden)}
          />
        ))}
      </div>
    </details>
  );
}
