import { autocompletion, closeBrackets, closeCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { PostgreSQL, sql } from '@codemirror/lang-sql';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { type RefObject, useEffect, useImperativeHandle, useRef } from 'react';
import type { QueryTable } from '#server/contract/dataset.ts';
import type { SqlFault } from '#server/contract/sql.ts';
import { completeCommonTables } from './common-tables.ts';
import { faultMark, setFault, sqlTheme } from './sql-theme.ts';

/** What the page around may ask of the SQL that is being written. */
export type SqlEditorHandle = {
  focus: () => void;
  insert: (text: string) => void;
  goToFault: (fault: SqlFault) => void;
};

export type SelectedSql = { text: string; from: number };

export type SqlEditorProps = {
  handle: RefObject<SqlEditorHandle | null>;
  value: string;
  onChange: (value: string) => void;
  /** Runs all of it, or what is selected. */
  onRun: () => void;
  /** Lays it out anew. */
  onFormat: () => void;
  /** Told of what is selected, and where; null: nothing. */
  onSelect: (selected: SelectedSql | null) => void;
  /** Where Escape leads, for the editor has the other keys. */
  onLeave: () => void;
  tables: readonly QueryTable[];
  fault: SqlFault | null;
  label: string;
  hint: string;
  /** What was selected in the text area that it takes the place of; null: that had not the focus. */
  selection: { from: number; to: number } | null;
};

const fromOutside = Annotation.define<boolean>();

/** SQL with its words in colour, tables and columns completed, and the place of a fault marked. */
export function SqlEditor(props: SqlEditorProps) {
  const { handle, value, tables, fault } = props;
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView | null>(null);
  const language = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const { value: first, tables: known, label, hint, selection } = latest.current;
    const view = new EditorView({
      ...(place.current && { parent: place.current }),
      state: EditorState.create({
        doc: first,
        extensions: [
          Prec.highest(
            keymap.of([
              { key: 'Mod-Enter', run: (own) => (closeCompletion(own), latest.current.onRun(), true) },
              { key: 'Shift-Enter', run: (own) => (closeCompletion(own), latest.current.onRun(), true) },
            ]),
          ),
          autocompletion({ icons: false }),
          closeBrackets(),
          history(),
          keymap.of([
            ...historyKeymap,
            ...defaultKeymap,
            { key: 'Shift-Alt-f', run: () => (latest.current.onFormat(), true) },
            { key: 'Escape', run: () => (latest.current.onLeave(), true) },
          ]),
          lineNumbers(),
          EditorView.lineWrapping,
          language.current.of(toLanguage(known)),
          faultMark,
          sqlTheme,
          placeholder(hint),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            const isOurs = update.transactions.some((transaction) => transaction.annotation(fromOutside));
            if (update.docChanged && !isOurs) latest.current.onChange(update.state.doc.toString());
            if (update.docChanged || update.selectionSet) latest.current.onSelect(findSelected(update.state));
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
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    });
  }, [value]);

  useEffect(() => {
    editor.current?.dispatch({ effects: language.current.reconfigure(toLanguage(tables)) });
  }, [tables]);

  useEffect(() => {
    const view = editor.current;
    view?.dispatch({ effects: setFault.of(fault === null ? null : findPlace(view.state, fault)) });
  }, [fault]);

  useImperativeHandle(handle, () => ({
    focus: () => editor.current?.focus(),
    insert: (text) => {
      const view = editor.current;
      if (!view) return;
      view.dispatch({ ...view.state.replaceSelection(text), userEvent: 'input', scrollIntoView: true });
      view.focus();
    },
    goToFault: (marked) => {
      const view = editor.current;
      const found = view && findPlace(view.state, marked);
      if (!view || !found) return;
      view.dispatch({ selection: { anchor: found.from }, scrollIntoView: true });
      view.focus();
    },
  }));

  return (
    <div
      ref={place}
      className="control min-w-0 p-0! focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent"
    />
  );
}

function findSelected(state: EditorState): SelectedSql | null {
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to);
  return text.trim() === '' ? null : { text: text.trim(), from: from + text.length - text.trimStart().length };
}

const toLanguage = (tables: readonly QueryTable[]) => [
  PostgreSQL.language.data.of({ autocomplete: completeCommonTables }),
  sql({
    dialect: PostgreSQL,
    upperCaseKeywords: true,
    schema: Object.fromEntries(
      tables.map(({ name, columns }) => [name, columns.map((column) => ({ label: column.name, detail: column.type }))]),
    ),
  }),
];

/** The word at the place of a fault, or the character there. */
function findPlace(state: EditorState, { line, column }: SqlFault): { from: number; to: number } | null {
  if (line === null || column === null || line > state.doc.lines) return null;
  const { from: start, to: end } = state.doc.line(line);
  const from = Math.min(start + column - 1, end);
  const to = state.wordAt(from)?.to ?? Math.min(from + 1, end);
  return from < to ? { from, to } : null;
}
