import { visit } from '@solidity-parser/parser';
import createSecurityRules from 'solhint/lib/rules/security/index.js';
import TreeListener from 'solhint/lib/tree-listener.js';
import type { Audited, Hit } from './detector.ts';
import { type SolhintRule, solhintRules } from './solhint-rules.ts';
import type { SourceFile } from './source-model.ts';
import { childrenOf, type Node } from './syntax.ts';

/** As `outdated-compiler` has it; solhint's own wish is the newest releases. */
const wantedCompiler = '>=0.8.0';

/**
 * Asks solhint's security rules. They are given the tree that is there already: no settings are read from the disk, no
 * plugins are looked for, and a comment in the source cannot silence one.
 */
export function askSolhint(audited: Audited): { rule: SolhintRule; hit: Hit }[] {
  const rules = new Map(solhintRules.map((rule) => [rule.rule, rule]));
  const places = new Map<Node, Hit['in']>();
  for (const contract of audited.contracts) {
    places.set(contract.node, contract);
    for (const one of contract.functions) places.set(one.node, one);
  }
  const told = new Map<Node | Hit['in'], Set<SolhintRule>>();
  return audited.files.flatMap((file) =>
    listReports(file).flatMap(({ id, node }) => {
      const rule = rules.get(id);
      if (rule === undefined) return [];
      const hit = { node, in: findPlace(audited, places, node) ?? file };
      const spot = rule.isHint ? hit.in : node;
      const before = told.get(spot) ?? new Set();
      if (before.has(rule)) return [];
      told.set(spot, before.add(rule));
      return [{ rule, hit }];
    }),
  );
}

function listReports({ unit, text, compiler }: SourceFile): { id: string; node: Node }[] {
  const reports: { id: string; node: Node }[] = [];
  const tell = (node: Node, id: string) => reports.push({ id, node });
  const settings = {
    getStringFromArray: () => wantedCompiler,
    // Constructors have no visibility since 0.7.
    getObjectPropertyBoolean: () => compiler === null || compiler >= 700,
  };
  const rules = new TreeListener(createSecurityRules({ config: {}, warn: tell, error: tell }, settings, text));
  try {
    connect(unit);
    visit(unit, rules);
  } catch (thrown) {
    // A sum of thousands of terms lies deeper than the visit gets; what was told before stays.
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return reports;
}

/** Rules look upwards by `parent`; nothing else sees it. */
function connect(node: Node) {
  for (const child of childrenOf(node)) {
    Object.defineProperty(child, 'parent', { value: node, configurable: true });
    connect(child);
  }
}

function findPlace(audited: Audited, places: Map<Node, Hit['in']>, node: Node): Hit['in'] | null {
  for (let at: Node | null = node; at !== null; at = audited.parentOf(at)) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return null;
}
