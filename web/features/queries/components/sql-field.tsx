import { type ComponentType, type KeyboardEvent, useEffect, useImperativeHandle, useRef, useState } from 'react';
import type { SqlEditorProps } from '#web/features/queries/editor/sql-editor.tsx';
import { findSelection } from '#web/lib/find-selection.ts';
import { whenTouched } from '#web/lib/when-touched.ts';
import { TextArea } from '#web/ui/text-area.tsx';

type LoadedEditor = { Editor: ComponentType<SqlEditorProps>; selection: SqlEditorProps['selection'] };

/** A plain text area until somebody touches the page and the editor is there, and for good where it cannot be loaded. */
export function SqlField(props: Omit<SqlEditorProps, 'selection'>) {
  const { handle, value, onChange, onRun, label, hint } = props;
  const [loaded, setLoaded] = useState<LoadedEditor | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<SqlEditorProps['handle']['current']>(null);
  useEffect(() => {
    let isGone = false;
    const load = async () => {
      const { SqlEditor } = await import('#web/features/queries/editor/sql-editor.tsx');
      if (!isGone) setLoaded({ Editor: SqlEditor, selection: findSelection(area.current) });
    };
    const callOff = whenTouched(() => void load().catch(() => undefined));
    return () => {
      isGone = true;
      callOff();
    };
  }, []);
  useImperativeHandle(handle, () => ({
    focus: () => (editor.current ?? area.current)?.focus(),
    insert: (text) => (editor.current ? editor.current.insert(text) : onChange(value + text)),
    goToFault: (fault) => editor.current?.goToFault(fault),
  }));
  if (loaded) return <loaded.Editor {...props} handle={editor} selection={loaded.selection} />;
  const runByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    onRun();
  };
  return (
    <TextArea
      label={label}
      hideLabel
      ref={area}
      rows={6}
      monospaced
      placeholder={hint}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={runByKey}
    />
  );
}
