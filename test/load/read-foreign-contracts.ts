import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { AuditSource } from '#server/contract/contract-audit.ts';

/** A place that its set calls weak; a line that is null means the whole source. */
type Label = { category: string; line: number | null };

/** A source that others labelled: with its weak places, or as one that only looks weak. */
export type ForeignContract = { set: string; name: string; content: string; labels: Label[]; looksLike: string | null };

/** Sources without labels, read together as one project. */
type ForeignProject = { name: string; files: AuditSource[] };

/** SmartBugs' categories as SWC numbers. Null: there is no such number, and nothing that could be looked for. */
const smartBugsNumbers: Record<string, string[] | null> = {
  access_control: ['SWC-100', 'SWC-105', 'SWC-106', 'SWC-112', 'SWC-115', 'SWC-118', 'SWC-124', 'SCWE-016', 'SCWE-098'],
  arithmetic: ['SWC-101'],
  bad_randomness: ['SWC-120'],
  denial_of_service: ['SWC-113', 'SWC-128'],
  front_running: ['SWC-114'],
  other: ['SWC-109'],
  reentrancy: ['SWC-107'],
  short_addresses: null,
  time_manipulation: ['SWC-116', 'SWC-120'],
  unchecked_ll_calls: ['SWC-104'],
};
const safeNames = /_fixed|_ok\b|not_vulnerable|false_positive|infeasible/;

/** The numbers, any of which a finding must have to be what a label's category means. */
export const numbersOf = (category: string): string[] =>
  /^(?:SWC|SCWE)-/.test(category) ? [category] : (smartBugsNumbers[category] ?? []);

/**
 * Reads a folder of contracts that others wrote: Solidity with SmartBugs' marks (`// <yes> <report> REENTRANCY` above a line),
 * entries of the SWC registry (`SWC-107.md`, whose samples are named `…_fixed` where they are not weak), and Solidity
 * without either, by the folder that it lies in.
 */
export function readForeignContracts(folder: string): { labelled: ForeignContract[]; projects: ForeignProject[] } {
  const labelled: ForeignContract[] = [];
  const projects = new Map<string, ForeignProject>();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of entries) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file);
    const [number] = /^(?:SWC|SCWE)-\d+(?=\.md$)/.exec(entry.name) ?? [];
    if (number !== undefined)
      labelled.push(...readEntry(number, { set: path.split('/')[0] ?? '', text: readFileSync(file, 'utf8') }));
    if (!entry.name.endsWith('.sol')) continue;
    const content = readFileSync(file, 'utf8');
    const labels = readMarks(content);
    if (labels.length > 0)
      labelled.push({ set: path.split('/')[0] ?? '', name: path, content, labels, looksLike: null });
    else {
      const [name = ''] = path.split('/');
      const project = projects.get(name) ?? { name, files: [] };
      project.files.push({ path, content });
      projects.set(name, project);
    }
  }
  return { labelled, projects: [...projects.values()] };
}

function readMarks(content: string): Label[] {
  return content.split('\n').flatMap((line, index) => {
    const [, words] = /<yes>\s*<report>\s*([A-Za-z_ ]+)/.exec(line) ?? [];
    if (words === undefined) return [];
    const category = words.trim().toLowerCase().replaceAll(' ', '_');
    // The mark stands above its line.
    return [{ category, line: index + 2 }];
  });
}

function readEntry(number: string, { set, text }: { set: string; text: string }): ForeignContract[] {
  return [...text.matchAll(/^### (\S+\.sol)\s+```solidity\n([^]*?)```/gm)].map(([, name = '', content = '']) => {
    const isSafe = safeNames.test(name);
    return {
      set,
      name: `${number}/${name}`,
      content,
      labels: isSafe ? [] : [{ category: number, line: null }],
      looksLike: isSafe ? number : null,
    };
  });
}
