import { type KeyboardEvent, useImperativeHandle, useRef } from 'react';
import type { SqlEditorProps } from '#web/features/queries/editor/sql-editor.tsx';
import { useTouchedEditor } from '#web/lib/use-touched-editor.ts';
import { TextArea } from '#web/ui/text-area.tsx';

/** As high and as wide as the editor that takes its place: its least height with a border, its lines, its numbers' column. */
const likeEditor = {
  minHeight: 'calc(9rem + 2px)',
  maxHeight: 'calc(50dvh + 2px)',
  lineHeight: 1.6,
  paddingLeft: '2rem',
};

const loadEditor = async () => (await import('#web/features/queries/editor/sql-editor.tsx')).SqlEditor;

/** A plain text area until somebody touches the page and the editor is there, and for good where it cannot be loaded. */
export function SqlField(props: Omit<SqlEditorProps, 'selection'>) {
  const { handle, value, onChange, onRun, label, hint } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const editor = useRef<SqlEditorProps['handle']['current']>(null);
  const loaded = useTouchedEditor(area, loadEditor);
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
      style={likeEditor}
      monospaced
      placeholder={hint}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={runByKey}
    />
  );
}
