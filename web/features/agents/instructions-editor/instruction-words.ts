import { Facet } from '@codemirror/state';
import type { InstructionNames } from '#web/features/agents/find-unknown-marks.ts';

/** What the editor knows besides its text, in the language of the page. */
export type InstructionWords = {
  names: InstructionNames;
  label: string;
  placeholder: string;
  completions: string;
  ownTools: string;
  otherTools: string;
  tables: string;
  unknown: string;
  addTool: (id: string) => void;
};

export const instructionWords = Facet.define<InstructionWords, InstructionWords | null>({
  combine: (values) => values[0] ?? null,
});
