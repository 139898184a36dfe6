import { pathToFileURL } from 'node:url';
import { createContractAuditor } from '#server/platform/solidity/contract-auditor.ts';
import { labelledSources, scoreDetectors } from '#test/support/labelled-contracts.ts';
import type { Row } from './bench-rows.ts';
import { median } from './load.ts';

const rounds = 3;
const wantedLines = 2_000;

/**
 * How long the audit of a contract of 2,000 lines takes, compiler included, and how well each detector does on the labelled
 * sources; the latter as a table of its own.
 */
export async function measureAudit(root: string): Promise<Row[]> {
  const scores = scoreDetectors();
  console.table(
    scores.map(({ detector, weak, found, safe, wrong }) => ({
      detector,
      recall: `${found} of ${weak}`,
      'false positives': `${wrong} of ${safe}`,
    })),
  );
  const auditor = createContractAuditor({ workerFile: new URL('dist/server/solidity-worker.js', pathToFileURL(root)) });
  try {
    const files = [{ path: 'large.sol', content: writeLargeSource() }];
    const times: number[] = [];
    let findings = 0;
    for (let round = 0; round < rounds; round += 1) {
      const begun = performance.now();
      const report = await auditor.audit(files, AbortSignal.timeout(120_000));
      times.push(performance.now() - begun);
      findings = report.findings.length;
    }
    return [
      {
        scenario: 'audit',
        measure: `a contract of ${wantedLines} lines`,
        hub: median(times),
        unit: 'ms',
        limit: 5_000,
      },
      { scenario: 'audit', measure: 'findings in it', hub: findings, unit: '' },
    ];
  } finally {
    await auditor.close();
  }
}

/** The labelled sources as one, each contract under a name of its own. */
export function writeLargeSource(): string {
  let source = '// SPDX-License-Identifier: MIT\npragma solidity 0.8.37;\n';
  for (const [place, { content }] of labelledSources.filter(({ isOld }) => !isOld).entries()) {
    const names = [...content.matchAll(/\b(?:contract|interface|library) (\w+)/g)].flatMap(([, name]) => name ?? []);
    const body = content.replace(/^.*SPDX.*\n/gm, '').replace(/^pragma[^;]*;/gm, '');
    const renamed = names.reduce(
      (text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `${name}${place}`),
      body,
    );
    source += renamed.replaceAll(/[;{}](?!\n)/g, '$&\n');
    if (source.split('\n').length >= wantedLines) break;
  }
  return source;
}
