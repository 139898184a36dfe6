import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AuditFinding, ContractAudit } from '#server/contract/contract-audit.ts';
import { AuditDesk } from '#web/features/contract-audits/components/audit-desk.tsx';
import { AuditView } from '#web/features/contract-audits/components/audit-view.tsx';
import { closePage, openAddress } from '#test/support/page-window.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';
import { problem, type ScriptedHub, startScriptedHub } from '#test/support/scripted-hub.ts';

let hub: ScriptedHub;
const both = (text: string) => ({ en: text, zh: text });
const open: AuditFinding = {
  id: 'F1',
  detector: 'tx-origin',
  weaknesses: ['SWC-115'],
  rules: ['solhint: avoid-tx-origin'],
  severity: 'high',
  confidence: 'high',
  title: both('tx.origin decides who may'),
  why: both('Anybody can act.'),
  advice: both('Compare msg.sender.'),
  place: { file: 'a.sol', line: 2, column: 1, endLine: 2, endColumn: 9 },
  contract: 'A',
  function: 'f',
  patch: { diff: '--- a/a.sol\n+++ b/a.sol\n@@ -2,1 +2,1 @@\n-tx.origin\n+msg.sender\n', compiles: true },
};
const wasteful: AuditFinding = {
  ...open,
  id: 'F2',
  severity: 'gas',
  title: both('A variable that never changes'),
  patch: null,
};
const audit: ContractAudit = {
  id: 'audit-1',
  title: 'Vault',
  counts: { critical: 0, high: 1, medium: 0, low: 0, gas: 1 },
  lines: 3,
  createdAt: '2026-11-27T00:00:00.000Z',
  files: [{ path: 'a.sol', content: 'contract A {\nrequire(tx.origin == owner);\n}' }],
  report: {
    findings: [open, wasteful],
    unread: [],
    missingImports: ['@openzeppelin/contracts/Ownable.sol'],
    contracts: ['A'],
    lines: 3,
    isCut: false,
    compilation: { status: 'not-run', reason: both('The compiler is not installed.') },
    durationMs: 10,
    origin: null,
  },
};

beforeAll(startTexts);
beforeEach(async () => {
  hub = await startScriptedHub();
  openAddress(hub.url);
  hub.answer('GET /api/audits', { body: { items: [], nextCursor: null } });
  hub.answer('GET /api/audits/audit-1', { body: audit });
});
afterEach(async () => {
  cleanup();
  await closePage();
  await hub.close();
});

it('a pasted contract is sent, and its audit opened', async () => {
  hub.answer('POST /api/audits', { status: 201, body: audit });
  renderPage(<AuditDesk toAddress={() => '/elsewhere'} />);
  await screen.findByText('No audits yet');
  await userEvent.click(screen.getByLabelText(/Solidity source/));
  await userEvent.paste('contract A {}');
  await userEvent.click(screen.getByRole('button', { name: 'Audit' }));
  await screen.findByText('Elsewhere');
  expect(hub.sent('POST', '/api/audits')).toEqual([{ files: [{ path: 'contract.sol', content: 'contract A {}' }] }]);
});

it('what the hub refuses is said, and the text stays', async () => {
  hub.answer('POST /api/audits', { status: 413, body: problem(413, 'payload_too_large', 'Reading takes too long.') });
  renderPage(<AuditDesk toAddress={() => '/elsewhere'} />);
  const field = await screen.findByLabelText(/Solidity source/);
  await userEvent.click(field);
  await userEvent.paste('contract A {}');
  await userEvent.click(screen.getByRole('button', { name: 'Audit' }));
  await screen.findByText('Reading takes too long.');
  expect((field as HTMLTextAreaElement).value).toBe('contract A {}');
});

it('findings are filtered, opened, and marked in the source', async () => {
  renderPage(<AuditView audit="audit-1" back="/elsewhere" />);
  const list = within(await screen.findByRole('list', { name: 'Findings' }));
  expect(list.getAllByRole('button', { expanded: true })).toHaveLength(1);
  list.getByText('Anybody can act.');
  list.getByText('+msg.sender');
  expect(document.querySelector('mark')?.textContent).toBe('require(tx.origin == owner);');
  screen.getByText('@openzeppelin/contracts/Ownable.sol');
  screen.getByText('The compiler is not installed.');
  await userEvent.click(screen.getByRole('radio', { name: 'Gas 1' }));
  await waitFor(() => expect(list.queryByText(open.title.en)).toBeNull());
  await userEvent.click(list.getByRole('button', { name: /never changes/ }));
  list.getByText('Anybody can act.');
});
