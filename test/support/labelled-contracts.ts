import { auditSources } from '#server/platform/solidity/audit-sources.ts';

const texts = import.meta.glob<string>('./labelled-contracts/*.sol', { query: '?raw', import: 'default', eager: true });
const header = '// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n';

/** A source that has a detector's weakness, or looks as if it had. */
type LabelledSource = { detector: string; isWeak: boolean; about: string; content: string; isOld: boolean };
type Score = { detector: string; weak: number; found: number; safe: number; wrong: number; missed: string[] };

/** All that is labelled: a file a detector or rule of solhint, its sources under a heading each (`//// weak: …`, `//// safe: …`). */
export const labelledSources: LabelledSource[] = Object.entries(texts).flatMap(([path, text]) =>
  text
    .split(/^\/\/\/\/ /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const [, kind, about = ''] = /^(weak|safe): (.+)$/.exec(heading) ?? [];
      const content = lines.join('\n');
      return {
        detector: path.replace(/^.*\/|\.sol$/g, ''),
        isWeak: kind === 'weak',
        about,
        content: content.startsWith('pragma') ? content : header + content,
        isOld: /^pragma solidity [\^>=]*0\.[4-7]/.test(content),
      };
    }),
);

export const auditOne = (content: string) => auditSources([{ path: 'source.sol', content }]);

/** Recall and false alarms of each detector on its labelled sources. */
export function scoreDetectors(): Score[] {
  const scores = new Map<string, Score>();
  for (const { detector, isWeak, about, content } of labelledSources) {
    const score = scores.get(detector) ?? { detector, weak: 0, found: 0, safe: 0, wrong: 0, missed: [] };
    scores.set(detector, score);
    const isFound = auditOne(content).findings.some(
      (finding) => finding.detector === detector || finding.rules.includes(detector.replace('solhint-', 'solhint: ')),
    );
    score[isWeak ? 'weak' : 'safe'] += 1;
    if (isFound) score[isWeak ? 'found' : 'wrong'] += 1;
    if (isFound !== isWeak) score.missed.push(`${isWeak ? 'missed' : 'wrong'}: ${about}`);
  }
  return [...scores.values()];
}
