import { type RefObject, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { ControllerRenderProps } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { InstructionNames } from '#web/features/agents/find-unknown-marks.ts';
import type { InstructionsHandle } from '#web/features/agents/instructions-editor/instructions-editor.tsx';
import { useTouchedEditor } from '#web/lib/use-touched-editor.ts';
import { FormField } from '#web/ui/form-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

type InstructionsFieldProps = {
  field: ControllerRenderProps<AgentDefinition, 'instructions'>;
  error: string | undefined;
  names: InstructionNames;
  onAddTool: (id: string) => void;
  /** Where Escape leads from the editor. */
  onLeave: () => void;
  handle: RefObject<InstructionsHandle | null>;
};

const loadEditor = async () =>
  (await import('#web/features/agents/instructions-editor/instructions-editor.tsx')).InstructionsEditor;

/** A plain text area until somebody touches the page and the editor is there, and for good where it cannot be loaded. */
export function InstructionsField({ field, error, names, onAddTool, onLeave, handle }: InstructionsFieldProps) {
  const { t } = useTranslation('agents');
  const area = useRef<HTMLTextAreaElement>(null);
  const loaded = useTouchedEditor(area, loadEditor);
  const words = useMemo(
    () => ({
      names,
      addTool: onAddTool,
      label: t('instructions.label'),
      placeholder: t('instructions.placeholder'),
      completions: t('instructions.completions'),
      ownTools: t('instructions.ownTools'),
      otherTools: t('instructions.otherTools'),
      tables: t('instructions.tables'),
      unknown: t('instructions.unknownMark'),
    }),
    [names, onAddTool, t],
  );
  const editor = useRef<InstructionsHandle>(null);
  const { ref, value, onChange, onBlur } = field;
  useImperativeHandle(handle, () => ({
    focus: () => (editor.current ?? area.current)?.focus(),
    insert: (text) => (editor.current ? editor.current.insert(text) : onChange(value + text)),
  }));
  useEffect(() => ref({ focus: () => handle.current?.focus() }), [ref, handle]);
  const texts = { label: t('instructions.label'), hideLabel: true, error };
  if (!loaded)
    return (
      <TextArea
        {...texts}
        ref={area}
        rows={8}
        monospaced
        placeholder={t('instructions.placeholder')}
        name={field.name}
        value={value}
        onChange={onChange}
        onBlur={onBlur}
      />
    );
  return (
    <FormField {...texts}>
      {(control) => (
        <loaded.Editor
          handle={editor}
          value={value}
          onChange={onChange}
          onBlur={onBlur}
          onLeave={onLeave}
          control={control}
          words={words}
          selection={loaded.selection}
        />
      )}
    </FormField>
  );
}
