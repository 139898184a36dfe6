import type { Definition, List, ListItem, Nodes, Parents, Table } from 'mdast';
import { createElement, Fragment, lazy, type ReactNode, Suspense } from 'react';
import { AnswerCode } from './answer-code.tsx';
import { Formula } from './formula.tsx';
import { MarkdownTable } from './late-blocks.ts';
import { MarkdownLink } from './markdown-link.tsx';
import type { MarkdownTableProps } from './markdown-table.tsx';
import { toPlainText } from './parse-markdown.ts';
import { SourceMark } from './source-mark.tsx';
import { splitSourceMarks } from './split-source-marks.ts';
import { TaskMark } from './task-mark.tsx';

const MarkdownImage = lazy(() => import('./markdown-image.tsx'));

export type Drawing = {
  definitions: ReadonlyMap<string, Definition>;
  /** Whether `[1]` may lead to a source. */
  hasMarks: boolean;
};

// Deeper than anybody writes; what a hostile text nests further is shown as plain words.
const deepest = 40;

/**
 * A parsed text as elements. Nothing in it becomes HTML: each kind of node has its element here, addresses pass
 * `safe-address.ts`, and HTML that somebody wrote stays the text that it is.
 */
export function drawMarkdown(node: Nodes, drawing: Drawing, depth = 0): ReactNode {
  if (depth > deepest) return toPlainText(node);
  const inside = (parent: Parents) => drawChildren(parent.children, drawing, depth);
  switch (node.type) {
    case 'root':
      return inside(node);
    case 'text':
      return drawText(node.value, drawing);
    case 'paragraph':
      return <p>{inside(node)}</p>;
    case 'heading':
      return createElement(`h${node.depth}`, null, inside(node));
    case 'emphasis':
      return <em>{inside(node)}</em>;
    case 'strong':
      return <strong>{inside(node)}</strong>;
    case 'delete':
      return <del>{inside(node)}</del>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return <AnswerCode language={node.lang ?? ''} text={node.value} closed />;
    case 'blockquote':
      return <blockquote>{inside(node)}</blockquote>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'list':
      return drawList(node, drawing, depth);
    case 'listItem':
      return drawItem(node, true, drawing, depth);
    case 'link':
      return <MarkdownLink address={node.url}>{drawLinked(node, drawing, depth)}</MarkdownLink>;
    case 'linkReference':
      return (
        <MarkdownLink address={drawing.definitions.get(node.identifier)?.url}>
          {drawLinked(node, drawing, depth)}
        </MarkdownLink>
      );
    case 'image':
      return drawImage(node.url, node.alt);
    case 'imageReference':
      return drawImage(drawing.definitions.get(node.identifier)?.url, node.alt);
    case 'math':
      return <Formula source={node.value} isDisplayed={node.isDisplayed} />;
    case 'table':
      return drawTable(node, drawing, depth);
    case 'tableRow':
    case 'tableCell':
      return inside(node);
    case 'html':
      return /^<br\s*\/?>$/i.test(node.value) ? <br /> : node.value;
    case 'footnoteReference':
      return <sup>[{node.label ?? node.identifier}]</sup>;
    case 'footnoteDefinition':
      return (
        <div className="footnote">
          <sup>[{node.label ?? node.identifier}]</sup> {inside(node)}
        </div>
      );
    case 'definition':
    case 'yaml':
      return null;
  }
}

function drawImage(address: string | undefined, alt: string | null | undefined): ReactNode {
  return (
    <Suspense fallback={alt}>
      <MarkdownImage address={address} alt={alt ?? ''} />
    </Suspense>
  );
}

function drawChildren(children: readonly Nodes[], drawing: Drawing, depth: number): ReactNode {
  return children.map((child, index) => <Fragment key={index}>{drawMarkdown(child, drawing, depth + 1)}</Fragment>);
}

/** A mark inside a link's words would be a link in a link. */
function drawLinked(link: Parents, drawing: Drawing, depth: number): ReactNode {
  return drawChildren(link.children, { ...drawing, hasMarks: false }, depth);
}

function drawText(text: string, { hasMarks }: Drawing): ReactNode {
  if (!hasMarks || !text.includes('[')) return text;
  return splitSourceMarks(text).map((part, index) =>
    typeof part === 'string' ? <Fragment key={index}>{part}</Fragment> : <SourceMark key={index} number={part} />,
  );
}

function drawList(list: List, drawing: Drawing, depth: number): ReactNode {
  const isLoose = list.spread === true || list.children.some(({ spread }) => spread === true);
  const items = list.children.map((item, index) => (
    <Fragment key={index}>{drawItem(item, isLoose, drawing, depth + 1)}</Fragment>
  ));
  if (list.ordered) return <ol {...(list.start !== 1 && { start: list.start ?? 1 })}>{items}</ol>;
  const hasTasks = list.children.some(({ checked }) => typeof checked === 'boolean');
  return <ul {...(hasTasks && { className: 'contains-task-list' })}>{items}</ul>;
}

/** In a list without blank lines between its items the words stand without a paragraph around them. */
function drawItem(item: ListItem, isLoose: boolean, drawing: Drawing, depth: number): ReactNode {
  const { checked } = item;
  return (
    <li>
      {typeof checked === 'boolean' && (
        <>
          <TaskMark isDone={checked} />{' '}
        </>
      )}
      {item.children.map((child, index) => (
        <Fragment key={index}>
          {child.type === 'paragraph' && !isLoose
            ? drawChildren(child.children, drawing, depth + 1)
            : drawMarkdown(child, drawing, depth + 1)}
        </Fragment>
      ))}
    </li>
  );
}

function drawTable(table: Table, drawing: Drawing, depth: number): ReactNode {
  const [head, ...rows] = table.children;
  return (
    <TableInPlace
      head={head}
      align={table.align ?? []}
      rows={{ count: rows.length, find: (row) => rows[row] }}
      drawCells={(row) => row.children.map((cell) => drawChildren(cell.children, drawing, depth + 2))}
    />
  );
}

/** A table, or as much room as it will take. */
export function TableInPlace(props: MarkdownTableProps) {
  const height = `${Math.min(props.rows.count + 1, 16) * 2.4}rem`;
  return (
    <Suspense fallback={<div aria-hidden style={{ height }} className="animate-breathe rounded-md bg-sunken" />}>
      <MarkdownTable {...props} />
    </Suspense>
  );
}
