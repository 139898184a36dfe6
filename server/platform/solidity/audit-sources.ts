import type { AuditFinding, AuditSource, FindingSeverity, UnreadSource } from '#server/contract/contract-audit.ts';
import { askSolhint } from './ask-solhint.ts';
import type { Audited, Detector, Edit, Hit } from './detector.ts';
import { detectors } from './detectors.ts';
import { applyEdits, toDiff } from './edit-source.ts';
import { createEffectReader } from './effects.ts';
import { parseSource, toPlace } from './parse-source.ts';
import { buildModel, type ContractSource, type FunctionSource, type SourceFile } from './source-model.ts';

const mostFindings = 1_000;
const order: FindingSeverity[] = ['critical', 'high', 'medium', 'low', 'gas'];

/** What reading the sources brought. `patched` has the whole text of the file as each patch would leave it. */
export type SourceAudit = {
  findings: AuditFinding[];
  unread: UnreadSource[];
  missingImports: string[];
  contracts: string[];
  lines: number;
  patched: { finding: string; path: string; text: string }[];
  isCut: boolean;
};

/**
 * Reads sources, asks solhint's security rules and lets every detector look at them. Pure; the same sources give the same
 * findings under the same ids, and nothing that they import is fetched.
 *
 * @param remappings - the compiler's, by which imports are found
 */
export function auditSources(sources: AuditSource[], remappings: string[] = []): SourceAudit {
  const read = sources.map(({ path, content }) => parseSource({ path, text: content }));
  const files = read.filter((one): one is SourceFile => 'unit' in one);
  const model = buildModel(files, remappings);
  const audited: Audited = { ...model, effectsOf: createEffectReader(model) };
  const reported = askSolhint(audited);
  const own = detectors.flatMap((detector) => detector.find(audited).map((hit) => toFound(detector, hit)));
  const found = withSolhint(own, reported).sort(
    (one, other) =>
      order.indexOf(one.severity) - order.indexOf(other.severity) ||
      // Of equal findings, those that know more come first: some are too many to be kept.
      Number(one.isSolhint) - Number(other.isSolhint) ||
      one.file.path.localeCompare(other.file.path) ||
      one.start - other.start,
  );
  const kept = withoutTwins(found).slice(0, mostFindings);
  return {
    findings: kept.map(toFinding),
    unread: read.filter((one): one is UnreadSource => !('unit' in one)),
    missingImports: model.missingImports,
    contracts: model.contracts.map(({ name }) => name),
    lines: sources.reduce((sum, { content }) => sum + content.split('\n').length, 0),
    patched: kept.flatMap(({ file, edits }, index) =>
      edits === null ? [] : [{ finding: toId(index), path: file.path, text: applyEdits(file.text, edits) }],
    ),
    isCut: found.length > mostFindings,
  };
}

type Found = {
  detector: Omit<Detector, 'find'>;
  /** Solhint's rules that say it. */
  rules: string[];
  /** No detector of ours says it, too. */
  isSolhint: boolean;
  hit: Hit;
  severity: FindingSeverity;
  file: SourceFile;
  start: number;
  end: number;
  edits: Edit[] | null;
};

const fileOf = (place: FunctionSource | ContractSource | SourceFile): SourceFile =>
  'file' in place ? place.file : place;

function toFound(detector: Found['detector'], hit: Hit): Found {
  const [start = 0, end = 0] = hit.node.range ?? [];
  return {
    detector,
    rules: [],
    isSolhint: false,
    hit,
    severity: hit.severity ?? detector.severity,
    file: fileOf(hit.in),
    start,
    end: end + 1,
    edits: hit.edits ?? null,
  };
}

/** Adds what only solhint reports; where a detector found the same at the same place, its finding names the rule. */
function withSolhint(own: Found[], reported: ReturnType<typeof askSolhint>): Found[] {
  const more: Found[] = [];
  for (const { rule, hit } of reported) {
    const found = toFound({ ...rule, id: `solhint-${rule.rule}` }, hit);
    const name = `solhint: ${rule.rule}`;
    const twins = own.filter(
      ({ detector, file, start, end }) =>
        file === found.file && rule.twins.includes(detector.id) && start < found.end && end > found.start,
    );
    for (const { rules } of twins) if (!rules.includes(name)) rules.push(name);
    if (twins.length === 0) more.push({ ...found, rules: [name], isSolhint: true });
  }
  return [...own, ...more];
}

/** What is inherited is seen once from each heir. */
function withoutTwins(found: Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(({ detector, file, start, end }) => {
    const key = `${detector.id} ${file.path} ${start} ${end}`;
    return !seen.has(key) && seen.add(key);
  });
}

const toId = (index: number) => `F${index + 1}`;

function toFinding({ detector, rules, hit, severity, file, start, end, edits }: Found, index: number): AuditFinding {
  const from = toPlace(file.text, start);
  // A whole function is marked by its first line.
  const [head = ''] = file.text.slice(start, end).split('\n');
  const isLong = [
    'SourceUnit',
    'FunctionDefinition',
    'ForStatement',
    'WhileStatement',
    'InlineAssemblyStatement',
  ].includes(hit.node.type);
  const until = toPlace(file.text, isLong ? start + head.length : end);
  const contract = 'contract' in hit.in ? hit.in.contract.name : 'lineage' in hit.in ? hit.in.name : null;
  return {
    id: toId(index),
    detector: detector.id,
    weaknesses: detector.weaknesses,
    rules,
    severity,
    confidence: hit.confidence ?? detector.confidence,
    title: detector.title,
    why:
      hit.detail === undefined
        ? detector.why
        : { en: `${detector.why.en} ${hit.detail.en}`, zh: `${detector.why.zh}${hit.detail.zh}` },
    advice: detector.advice,
    place: { file: file.path, line: from.line, column: from.column, endLine: until.line, endColumn: until.column },
    contract,
    function: 'contract' in hit.in ? nameOf(hit.in) : null,
    patch: edits === null ? null : { diff: toDiff(file, edits), compiles: null },
  };
}

function nameOf({ node, name }: FunctionSource): string {
  if (node.isConstructor) return 'constructor';
  if (node.isReceiveEther) return 'receive';
  return name === '' ? 'fallback' : name;
}
