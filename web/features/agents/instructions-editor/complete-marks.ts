import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { pickedCompletion } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { instructionWords, type InstructionWords } from './instruction-words.ts';

const toolMark = /(?<![\w./:<~-])\/[\w./-]*/;
/** A text at whose end a tool is being named. */
export const marked = new RegExp(`${toolMark.source}$`);

/**
 * Offers variables after `{{`, and tools and tables after `/`; a tool that the agent lacks is given to it. A table is written by
 * its plain name, which is what SQL calls it.
 */
export function completeMarks(context: CompletionContext): CompletionResult | null {
  const words = context.state.facet(instructionWords);
  if (words === null) return null;
  const variable = context.matchBefore(/\{\{\s*[a-z0-9_]*/);
  if (variable) {
    const options = words.names.variables.map(({ name, label }) => ({
      label: `{{${name}}}`,
      detail: label,
      apply: closeBraces,
    }));
    return { from: variable.from, options, validFor: /^\{\{\s*[a-z0-9_]*$/ };
  }
  const tool = context.matchBefore(toolMark);
  return tool && { from: tool.from, options: offerTools(words), validFor: /^\/[\w./-]*$/ };
}

function offerTools({ names, ownTools, otherTools, tables, addTool }: InstructionWords): Completion[] {
  const own = new Set(names.tools);
  const titles = new Map(names.catalogue?.map(({ id, title }) => [id, title]));
  const others = names.catalogue?.filter(({ id }) => !own.has(id)) ?? [];
  return [
    ...names.tools.map((id) => ({
      label: `/${id}`,
      detail: titles.get(id) ?? '',
      section: { name: ownTools, rank: 1 },
    })),
    ...names.tables.map(({ name, description }) => ({
      label: `/${name}`,
      detail: description,
      section: { name: tables, rank: 2 },
      apply: (view: EditorView, completion: Completion, from: number, to: number) =>
        insert(view, { ...completion, label: `\`${name}\`` }, from, to),
    })),
    ...others.map(({ id, title }) => ({
      label: `/${id}`,
      detail: title,
      section: { name: otherTools, rank: 3 },
      apply: (view: EditorView, completion: Completion, from: number, to: number) => {
        insert(view, completion, from, to);
        addTool(id);
      },
    })),
  ];
}

/** Takes the braces that were closed already along. */
function closeBraces(view: EditorView, completion: Completion, from: number, to: number) {
  const closed = /^\s*\}{1,2}/.exec(view.state.sliceDoc(to, to + 4))?.[0].length ?? 0;
  insert(view, completion, from, to + closed);
}

function insert(view: EditorView, completion: Completion, from: number, to: number) {
  view.dispatch({
    changes: { from, to, insert: completion.label },
    selection: { anchor: from + completion.label.length },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
}
