import { Decoration, EditorView } from '@codemirror/view';
import { findInstructionMarks } from '#server/contract/instruction-marks.ts';
import { isKnownMark } from '#web/features/agents/find-unknown-marks.ts';
import { instructionWords } from './instruction-words.ts';

const known = Decoration.mark({ class: 'cm-known-mark' });

/** Shows which variables and tools are there, and underlines those that are not. */
export const highlightMarks = EditorView.decorations.compute(['doc', instructionWords], (state) => {
  const words = state.facet(instructionWords);
  if (words === null) return Decoration.none;
  const unknown = Decoration.mark({ class: 'cm-unknown-mark', attributes: { title: words.unknown } });
  return Decoration.set(
    findInstructionMarks(state.doc.toString()).map((mark) =>
      (isKnownMark(mark, words.names) ? known : unknown).range(mark.from, mark.to),
    ),
  );
});
