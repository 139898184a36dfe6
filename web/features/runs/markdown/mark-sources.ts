type MarkdownNode = { type: string; value?: string; url?: string; children?: MarkdownNode[] };

const mark = /\[(\d{1,3})\](?!\()/g;

/** A remark plugin: `[2]` in the text becomes a link to the second source, where there is one. */
export function markSources({ numbers, prefix }: { numbers: number[]; prefix: string }) {
  const known = new Set(numbers);
  const visit = (node: MarkdownNode) => {
    if (!node.children || node.type === 'link' || node.type === 'linkReference') return;
    node.children = node.children.flatMap((child) =>
      child.type === 'text' ? split(child.value ?? '', known, prefix) : [child],
    );
    node.children.forEach(visit);
  };
  return (tree: unknown) => visit(tree as MarkdownNode);
}

function split(text: string, known: Set<number>, prefix: string): MarkdownNode[] {
  const nodes: MarkdownNode[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    const number = Number(match[1]);
    if (!known.has(number)) continue;
    if (match.index > end) nodes.push({ type: 'text', value: text.slice(end, match.index) });
    nodes.push({ type: 'link', url: `#${prefix}${number}`, children: [{ type: 'text', value: String(number) }] });
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push({ type: 'text', value: text.slice(end) });
  return nodes;
}
