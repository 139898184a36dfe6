import type { AuditFinding } from '#server/contract/contract-audit.ts';
import { auditSources } from '#server/platform/solidity/audit-sources.ts';
import { parseSource, toPlace } from '#server/platform/solidity/parse-source.ts';
import { findAll } from '#server/platform/solidity/syntax.ts';
import { type ForeignContract, numbersOf, readForeignContracts } from './read-foreign-contracts.ts';

type Score = { labels: number; found: number; safe: number; wrong: number; by: Set<string> };

/**
 * What the detectors find in contracts that others wrote and labelled, and in projects that are held to be good. Prints
 * recall and false positives by category, each label that was missed, and each finding of high severity in a project.
 */
export function measureForeignAudits(folder: string): void {
  const { labelled, projects } = readForeignContracts(folder);
  if (labelled.length > 0) reportLabelled(labelled);
  for (const { name, files } of projects) {
    const { findings, lines, unread } = auditSources(files);
    const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
    const bySeverity = ['critical', 'high', 'medium', 'low', 'gas'].map((severity) => `${count(severity)} ${severity}`);
    console.log(`\n${name}: ${files.length} files (${unread.length} unread), ${lines} lines: ${bySeverity.join(', ')}`);
    for (const finding of findings.filter(({ severity }) => ['critical', 'high'].includes(severity))) {
      const { severity, detector, confidence, place, contract, function: inFunction } = finding;
      console.log(
        `  ${severity} ${detector} (${confidence}) ${place.file}:${place.line} ${contract ?? ''}.${inFunction ?? ''}`,
      );
    }
  }
}

function reportLabelled(labelled: ForeignContract[]) {
  const scores = new Map<string, Score>();
  const scoreOf = (set: string, category: string) => {
    const key = `${set}: ${category}`;
    const score = scores.get(key) ?? { labels: 0, found: 0, safe: 0, wrong: 0, by: new Set() };
    scores.set(key, score);
    return score;
  };
  const problems: string[] = [];
  for (const contract of labelled) {
    const { set, name, content, labels, looksLike } = contract;
    const { findings, unread } = auditSources([{ path: name, content }]);
    problems.push(...unread.map(({ line, problem }) => `unread: ${name}:${line} ${problem}`));
    for (const { category, line } of labels) {
      const score = scoreOf(set, category);
      const hits = findings.filter((finding) => isOf(finding, category) && isAt(finding, content, line));
      score.labels += 1;
      if (hits.length > 0) score.found += 1;
      else problems.push(`missed: ${name}${line === null ? '' : `:${line}`} ${category}`);
      for (const { detector } of hits) score.by.add(detector);
    }
    if (looksLike === null) continue;
    const score = scoreOf(set, looksLike);
    const wrong = findings.filter((finding) => isOf(finding, looksLike));
    score.safe += 1;
    if (wrong.length > 0) score.wrong += 1;
    problems.push(...wrong.map(({ detector, place }) => `wrong: ${name}:${place.line} ${detector}`));
  }
  console.table(
    [...scores].sort().map(([category, { labels, found, safe, wrong, by }]) => ({
      category,
      recall: `${found} of ${labels}`,
      'false positives': `${wrong} of ${safe}`,
      'found by': [...by].sort().join(', '),
    })),
  );
  const sum = (count: (score: Score) => number) =>
    [...scores.values()].reduce((total, score) => total + count(score), 0);
  console.log(
    `${labelled.length} sources: ${sum(({ found }) => found)} of ${sum(({ labels }) => labels)} labels found, ` +
      `${sum(({ wrong }) => wrong)} of ${sum(({ safe }) => safe)} safe ones reported.`,
  );
  for (const problem of problems.sort()) console.log(problem);
}

const isOf = ({ weaknesses }: AuditFinding, category: string) =>
  numbersOf(category).some((number) => weaknesses.includes(number));

/** Whether a finding is at the labelled line, or at least in the function that it lies in. */
function isAt({ place }: AuditFinding, content: string, line: number | null): boolean {
  if (line === null || (place.line <= line && line <= place.endLine)) return true;
  const file = parseSource({ path: '', text: content });
  if (!('unit' in file)) return false;
  return findAll(file.unit, 'FunctionDefinition').some(({ range }) => {
    const [from, until] = [toPlace(content, range?.[0] ?? 0).line, toPlace(content, range?.[1] ?? 0).line];
    return [line, place.line].every((one) => from <= one && one <= until);
  });
}
