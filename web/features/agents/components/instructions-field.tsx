import { type ComponentType, type RefObject, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ControllerRenderProps } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { InstructionNames } from '#web/features/agents/find-unknown-marks.ts';
import type {
  InstructionsEditorProps,
  InstructionsHandle,
} from '#web/features/agents/instructions-editor/instructions-editor.tsx';
import { findSelection } from '#web/lib/find-selection.ts';
import { whenTouched } from '#web/lib/when-touched.ts';
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

type LoadedEditor = { Editor: ComponentType<InstructionsEditorProps>; selection: InstructionsEditorProps['selection'] };

/** A plain text area until somebody touches the page and the editor is there, and for good where it cannot be loaded. */
export function InstructionsField({ field, error, names, onAddTool, onLeave, handle }: InstructionsFieldProps) {
  const { t } = useTranslation('agents');
  const [loaded, setLoaded] = useState<LoadedEditor | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const words = useMemo(
    () => ({
      names,
      addTool: onAddTool,
      label: t('instructions.label'),
      placeholder: t('instructions.placeholder'),
      completions: t('instructions.completions'),
      ownTools: t('instructions.ownTools'),
      otherTools: t('instructions.otherTools'),
      unknown: t('instructions.unknownMark'),
    }),
    [names, onAddTool, t],
  );
  useEffect(() => {
    let isGone = false;
    const load = async () => {
      const { InstructionsEditor } = await import('#web/features/agents/instructions-editor/instructions-editor.tsx');
      if (!isGone) setLoaded({ Editor: InstructionsEditor, selection: findSelection(area.current) });
    };
    // Half as much code as the rest of the page: it comes with a hand. Where it does not, the text area goes on.
    const callOff = whenTouched(() => void load().catch(() => undefined));
    return () => {
      isGone = true;
      callOff();
    };
  }, []);
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
