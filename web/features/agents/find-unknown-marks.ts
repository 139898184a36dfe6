import { findInstructionMarks, type InstructionMark } from '#server/contract/instruction-marks.ts';

/** What instructions may name: the agent's variables and tools, and what else of the hub it could be given. */
export type InstructionNames = {
  variables: { name: string; label: string }[];
  /** Identifiers of the agent's own tools. */
  tools: string[];
  /** Every tool that can be given; null until it is known. */
  catalogue: { id: string; title: string }[] | null;
  /** What the agent's tools can read of; none where no tool of it reads tables. */
  tables: { name: string; description: string }[];
};

export type UnknownMark = Pick<InstructionMark, 'kind' | 'name'> & { canBeAdded: boolean };

/** Whether the run will put something in the mark's place; a tool is believed until the hub's tools are known. */
export function isKnownMark({ kind, name }: Pick<InstructionMark, 'kind' | 'name'>, names: InstructionNames): boolean {
  if (kind === 'variable') return names.variables.some((variable) => variable.name === name);
  return names.tools.includes(name) || names.catalogue === null;
}

/** What a text names that the agent does not have, each once, in order. */
export function findUnknownMarks(text: string, names: InstructionNames): UnknownMark[] {
  const unknown = findInstructionMarks(text).filter((mark) => !isKnownMark(mark, names));
  const once = new Map(unknown.map(({ kind, name }) => [`${kind} ${name}`, { kind, name }]));
  return [...once.values()].map(({ kind, name }) => ({
    kind,
    name,
    canBeAdded: kind === 'variable' || (names.catalogue?.some(({ id }) => id === name) ?? false),
  }));
}
