import { autocompletion, startCompletion } from '@codemirror/autocomplete';
import { standardKeymap } from '@codemirror/commands';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { FieldControl } from '#web/ui/form-field.tsx';
import { completeMarks, marked } from './complete-marks.ts';
import { editorTheme } from './editor-theme.ts';
import { findReplaced } from './find-replaced.ts';
import { highlightMarks } from './highlight-marks.ts';
import { instructionWords, type InstructionWords } from './instruction-words.ts';

/** What the page around may ask of a text that is being edited. */
export type InstructionsHandle = { focus: () => void; insert: (text: string) => void };

export type InstructionsEditorProps = {
  handle: RefObject<InstructionsHandle | null>;
  value: string;
  onChange: (value: string) => void;
  onBlur: () => void;
  /** Where Escape leads, for the editor has the other keys. */
  onLeave: () => void;
  control: FieldControl;
  words: InstructionWords;
  /** What was selected in the field that stood here before, where somebody was writing in it. */
  selection: { from: number; to: number } | null;
};

const longestMark = 100;
const fromOutside = Annotation.define<boolean>();

/** The instructions with their variables and tools marked, and completed as they are written. */
export function InstructionsEditor(props: InstructionsEditorProps) {
  const { handle, value, words, control } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const surroundings = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const { selection, ...first } = latest.current;
    const view = new EditorView({
      ...(place.current && { parent: place.current }),
      state: EditorState.create({
        doc: first.value,
        extensions: [
          autocompletion({ override: [completeMarks], icons: false }),
          // WebKit cuts off what stands over the edge of a place that scrolls.
          tooltips({ parent: document.body }),
          keymap.of([
            { key: 'Escape', run: () => (latest.current.onLeave(), true) },
            ...standardKeymap.filter(({ key }) => key !== 'Escape'),
          ]),
          EditorView.lineWrapping,
          surroundings.current.of(toSurroundings(first.words, first.control)),
          highlightMarks,
          editorTheme,
          EditorView.updateListener.of((update) => {
            const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside));
            if (update.docChanged && !isOurs) latest.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            blur: () => latest.current.onBlur(),
            // The draft has the only history.
            beforeinput: (event) => event.inputType.startsWith('history') && (event.preventDefault(), true),
          }),
        ],
      }),
    });
    editor.current = view;
    if (selection !== null) {
      const end = view.state.doc.length;
      view.dispatch({ selection: { anchor: Math.min(selection.from, end), head: Math.min(selection.to, end) } });
      view.focus();
    }
    return () => {
      editor.current = null;
      view.destroy();
    };
  }, []);

  useEffect(() => {
    const view = editor.current;
    const changes = view && findReplaced(view.state.doc.toString(), value.replaceAll('\r\n', '\n'));
    if (view && changes) view.dispatch({ changes, annotations: fromOutside.of(true) });
  }, [value]);

  const { 'aria-describedby': describedBy, 'aria-invalid': isInvalid } = control;
  useEffect(() => {
    const around = toSurroundings(words, { 'aria-describedby': describedBy, 'aria-invalid': isInvalid });
    editor.current?.dispatch({ effects: surroundings.current.reconfigure(around) });
  }, [words, describedBy, isInvalid]);

  const knowsTools = words.names.catalogue !== null;
  const tableCount = words.names.tables.length;
  useEffect(() => {
    // Who wrote `/` before the tools and tables were there is offered them now.
    if (knowsTools && editor.current?.hasFocus === true) startCompletionAtMark(editor.current);
  }, [knowsTools, tableCount]);

  useImperativeHandle(handle, () => ({
    focus: () => editor.current?.focus(),
    insert: (text) => {
      const view = editor.current;
      if (!view) return;
      view.focus();
      view.dispatch({ ...view.state.replaceSelection(text), userEvent: 'input', scrollIntoView: true });
      startCompletion(view);
    },
  }));

  return (
    <div
      ref={place}
      aria-invalid={isInvalid}
      className="control min-w-0 p-0! focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
    />
  );
}

function startCompletionAtMark(view: EditorView) {
  const { head } = view.state.selection.main;
  if (marked.test(view.state.sliceDoc(Math.max(0, head - longestMark), head))) startCompletion(view);
}

function toSurroundings(
  words: InstructionWords,
  { 'aria-describedby': describedBy, 'aria-invalid': isInvalid }: Omit<FieldControl, 'id'>,
) {
  return [
    instructionWords.of(words),
    placeholder(words.placeholder),
    EditorState.phrases.of({ Completions: words.completions }),
    EditorView.contentAttributes.of({
      'aria-label': words.label,
      ...(describedBy !== undefined && { 'aria-describedby': describedBy }),
      ...(isInvalid && { 'aria-invalid': 'true' }),
      // It scrolls, so the keyboard must reach it.
      tabindex: '0',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'sentences',
    }),
  ];
}
