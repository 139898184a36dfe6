import { type SchemaField, toChoiceText } from '#web/features/tools/schema-fields.ts';
import type { ParameterWords } from '#web/features/tools/use-parameter-words.ts';
import type { FieldTexts } from '#web/ui/form-field.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type SchemaInputProps = FieldTexts & {
  field: SchemaField;
  sayChoice: ParameterWords['sayChoice'];
  /** What is written in it. */
  value: string;
  onChange: (text: string) => void;
  /** Named where nothing may be chosen. */
  nothing?: string;
};

/** The control that fits a parameter: a line, a list, or a place for JSON. */
export function SchemaInput({ field, sayChoice, value, onChange, nothing, ...texts }: SchemaInputProps) {
  const control = { ...texts, name: field.name, value, autoComplete: 'off', spellCheck: false };
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  switch (field.kind) {
    case 'json':
      return <TextArea {...control} monospaced onChange={change} />;
    case 'number':
      return <TextField {...control} inputMode="decimal" onChange={change} />;
    case 'text':
      // A single line would swallow the breaks of what is pasted into it.
      return <TextArea {...control} rows={1} onChange={change} />;
    case 'boolean':
    case 'choice': {
      const choices = field.kind === 'boolean' ? [true, false] : field.choices;
      const options = choices.map((choice) => ({ value: toChoiceText(choice), label: sayChoice(choice) }));
      return (
        <SelectField
          {...texts}
          name={field.name}
          value={value}
          onChange={change}
          options={nothing === undefined ? options : [{ value: '', label: nothing }, ...options]}
        />
      );
    }
  }
}
