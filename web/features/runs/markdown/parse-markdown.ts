import type { Definition, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { math, mathFromMarkdown } from './math-syntax.ts';

/** A parsed text and the addresses that its references lead to, by identifier. */
export type ParsedMarkdown = { root: Root; definitions: ReadonlyMap<string, Definition> };

// The parser's time grows with the square of nested containers and of open marks, so a hostile text gets few of them.
const deepNesting = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){20}[ \t]*/gm;
const mostMarks = 4000;

// Made once: each block is parsed by itself, and a short one takes hardly longer than these.
const extensions = [gfm(), math];
const mdastExtensions = [gfmFromMarkdown(), mathFromMarkdown];

/**
 * Markdown with tables, task lists, strikethrough, bare addresses and formulas, as GitHub writes it. `definitionLines` come
 * from elsewhere that its references lead to; nothing of them is drawn.
 */
export function parseMarkdown(text: string, definitionLines = ''): ParsedMarkdown {
  const root =
    text.split(/[[*_~]/, mostMarks + 1).length > mostMarks ? toPlainRoot(text) : parse(text, definitionLines);
  const definitions = new Map<string, Definition>();
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
    if ('children' in node) waiting.push(...[...node.children].reverse());
  }
  return { root, definitions };
}

function parse(text: string, definitionLines: string): Root {
  const tamed = text.replace(deepNesting, '$&\\');
  const root = fromMarkdown(`${tamed}\n\n${definitionLines}`, {
    extensions,
    mdastExtensions,
  });
  const isOwn = (node: Nodes) => (node.position?.start.offset ?? 0) < tamed.length;
  return { ...root, children: root.children.filter((node) => node.type === 'definition' || isOwn(node)) };
}

function toPlainRoot(text: string): Root {
  return { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }] };
}

/** The words of a node, without their form. */
export function toPlainText(node: Nodes): string {
  const words: string[] = [];
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if ('value' in next) words.push(next.value);
    if ('children' in next) waiting.push(...[...next.children].reverse());
  }
  return words.join(' ');
}
