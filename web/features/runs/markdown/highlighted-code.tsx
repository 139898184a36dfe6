import { createElement, Fragment, memo, type ReactNode, useEffect, useMemo, useState } from 'react';
import { inTurn } from '#web/lib/in-turn.ts';
import { type CodeNode, highlightCode, loadGrammar } from './highlight-code.ts';

/** Code in colours; of a language that nobody knows here, as it is. */
export default memo(function HighlightedCode({ language, code }: { language: string; code: string }) {
  const [grammar, setGrammar] = useState<string | null>(null);
  useEffect(() => {
    let callOff: (() => void) | null = null;
    let isCurrent = true;
    void loadGrammar(language).then((name) => {
      if (isCurrent) callOff = inTurn(() => setGrammar(name));
    });
    return () => {
      isCurrent = false;
      callOff?.();
    };
  }, [language]);
  const nodes = useMemo(() => (grammar === null ? null : highlightCode(grammar, code)), [grammar, code]);
  return nodes === null ? code : drawNodes(nodes);
});

function drawNodes(nodes: readonly CodeNode[]): ReactNode {
  return nodes.map((node, index) =>
    typeof node === 'string' ? (
      <Fragment key={index}>{node}</Fragment>
    ) : (
      createElement('span', { key: index, className: node.className }, drawNodes(node.children))
    ),
  );
}
