import type { Edit } from './detector.ts';
import type { FunctionSource, SourceFile } from './source-model.ts';
import type { Node } from './syntax.ts';

/** The words of a node. */
export function textOf({ text }: SourceFile, node: Node): string {
  const [start, end] = node.range ?? [0, -1];
  return text.slice(start, end + 1);
}

export function replaceNode(node: Node, text: string): Edit {
  const [start, end] = node.range ?? [0, -1];
  return { start, end: end + 1, text };
}

/** The white space before a place's line. */
export function indentAt({ text }: SourceFile, at: number): string {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
}

/** Puts a statement as the first into a function. */
export function beginBody({ file, node }: FunctionSource, statement: string): Edit {
  const start = (node.body?.range?.[0] ?? 0) + 1;
  return { start, end: start, text: `\n${indentAt(file, start)}    ${statement}` };
}

/** Puts a line before a node's own. */
export function insertBefore(file: SourceFile, node: Node, line: string): Edit {
  const start = node.range?.[0] ?? 0;
  return { start, end: start, text: `${line}\n${indentAt(file, start)}` };
}

export function insertAfter(file: SourceFile, node: Node, line: string): Edit {
  const start = (node.range?.[1] ?? -1) + 1;
  return { start, end: start, text: `\n${indentAt(file, node.range?.[0] ?? 0)}${line}` };
}

export function applyEdits(text: string, edits: Edit[]): string {
  return [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((done, { start, end, text: added }) => done.slice(0, start) + added + done.slice(end), text);
}

const contextLines = 2;

/** A unified diff of the edits of one file. */
export function toDiff({ path, text }: SourceFile, edits: Edit[]): string {
  const before = text.split('\n');
  const after = applyEdits(text, edits).split('\n');
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  const from = Math.max(0, head - contextLines);
  const until = Math.min(tail, contextLines);
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  const lead = before.slice(from, head);
  const trail = before.slice(before.length - tail, before.length - tail + until);
  const hunk = `@@ -${from + 1},${lead.length + removed.length + trail.length} +${from + 1},${lead.length + added.length + trail.length} @@`;
  const lines = [
    ...lead.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...trail.map((line) => ` ${line}`),
  ];
  return [`--- a/${path}`, `+++ b/${path}`, hunk, ...lines, ''].join('\n');
}
