import { extractText } from 'unpdf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContractAudit, ContractAuditSummary } from '#server/contract/contract-audit.ts';
import { buildTestApp, type TestApp, type TestPerson } from '#test/support/build-test-app.ts';
import { makeZip } from '#test/support/make-zip.ts';

const bank = `pragma solidity ^0.8.20;
contract Bank {
  mapping(address => uint256) public held;
  function put() external payable { held[msg.sender] += msg.value; }
  function take() external {
    uint256 value = held[msg.sender];
    (bool sent, ) = msg.sender.call{value: value}("");
    require(sent, "not sent");
    held[msg.sender] = 0;
  }
}
`;
let hub: TestApp;
let person: TestPerson;
let audit: ContractAudit;

beforeAll(async () => {
  hub = await buildTestApp();
  person = await hub.createPerson();
  const answer = await person.inject({
    method: 'POST',
    url: '/api/audits',
    payload: { title: 'The bank', files: [{ path: 'bank.sol', content: bank }] },
  });
  expect(answer.statusCode).toBe(201);
  audit = answer.json<ContractAudit>();
}, 120_000);
afterAll(() => hub.close());

describe('an audit', () => {
  test('says what was found, where, and what the compiler says', () => {
    expect(audit.counts).toMatchObject({ high: 1, low: 1 });
    expect(audit.report.findings).toMatchObject([
      { id: 'F1', detector: 'reentrancy', place: { file: 'bank.sol', line: 7 }, contract: 'Bank', function: 'take' },
      { id: 'F2', detector: 'floating-pragma', patch: { compiles: true } },
    ]);
    expect(audit.report.compilation).toMatchObject({
      status: 'done',
      contracts: [{ name: 'Bank', storage: [{ name: 'held', slot: '0' }] }],
    });
  });

  test('is listed, read again, and gone once it is deleted', async () => {
    const list = await person.inject({ url: '/api/audits' });
    expect(list.json<{ items: ContractAuditSummary[] }>().items).toMatchObject([{ id: audit.id, title: 'The bank' }]);
    expect((await person.inject({ url: `/api/audits/${audit.id}` })).json()).toEqual(audit);
    const made = await person.inject({
      method: 'POST',
      url: '/api/audits',
      payload: { files: [{ path: 'a.sol', content: 'contract A {}' }] },
    });
    const { id } = made.json<ContractAudit>();
    expect((await person.inject({ method: 'DELETE', url: `/api/audits/${id}` })).statusCode).toBe(204);
    expect((await person.inject({ url: `/api/audits/${id}` })).statusCode).toBe(404);
  }, 60_000);

  test('is a report in Markdown, in the reader’s language', async () => {
    const url = `/api/audits/${audit.id}/report.md`;
    const english = await person.inject({ url });
    expect(english.headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(english.body).toContain('### F1. State changes after an outgoing call');
    const chinese = await person.inject({ url, headers: { 'accept-language': 'zh-CN' } });
    expect(chinese.body).toContain('### F1. 外部调用之后才修改状态');
  });

  test('is a report in PDF, in the reader’s language', async () => {
    const url = `/api/audits/${audit.id}/report.pdf`;
    const english = await person.inject({ url });
    expect(english.headers['content-type']).toBe('application/pdf');
    const { text } = await extractText(new Uint8Array(english.rawPayload), { mergePages: true });
    expect(text).toContain('F1. State changes after an outgoing call');
    expect(text).toMatch(/F1\s+High\s+State changes after an outgoing call\s+bank\.sol:7/);
    expect(text).toContain('Findings by severity');
    const chinese = await person.inject({ url, headers: { 'accept-language': 'zh-CN' } });
    // 外部 in the font's own encoding, which readers know; the Latin words stand beside it.
    expect(chinese.rawPayload.toString('latin1')).toContain(Buffer.from('外部', 'utf16le').swap16().toString('hex'));
  });
});

test('an audit has charts as SVG, in the reader’s language', async () => {
  const url = `/api/audits/${audit.id}/charts`;
  const kinds = await person.inject({ url: `${url}/kinds?language=en` });
  expect([kinds.statusCode, kinds.headers['content-type']]).toEqual([200, 'image/svg+xml']);
  expect(kinds.body).toContain('State changes after an outgoing call');
  const severity = await person.inject({ url: `${url}/severity`, headers: { 'accept-language': 'zh-CN' } });
  expect(severity.body).toContain('致命');
  expect((await person.inject({ url: `${url}/none` })).statusCode).toBe(404);
});

test('a zip is audited as the Solidity files that are in it', async () => {
  const zip = await makeZip([
    { path: 'project/src/bank.sol', content: bank },
    { path: 'project/README.md', content: '# Bank' },
  ]);
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(zip)]), 'project.zip');
  const encoded = new Response(form);
  const answer = await person.inject({
    method: 'POST',
    url: '/api/audits/zip',
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  expect(answer.json()).toMatchObject({
    title: 'Bank',
    files: [{ path: 'project/src/bank.sol' }],
    counts: { high: 1 },
  });
}, 60_000);

test.each([
  [{ files: [] }, 'validation_failed'],
  [
    {
      files: [
        { path: 'a.sol', content: '' },
        { path: 'a.sol', content: '' },
      ],
    },
    'validation_failed',
  ],
  [{ files: [1, 2].map((n) => ({ path: `${n}.sol`, content: ' '.repeat(1_200_000) })) }, 'payload_too_large'],
])('what cannot be audited is refused', async (payload, code) => {
  const answer = await person.inject({ method: 'POST', url: '/api/audits', payload });
  expect(answer.json()).toMatchObject({ code });
});

test('another person finds nothing', async () => {
  const other = await hub.createPerson();
  expect((await other.inject({ url: '/api/audits' })).json()).toMatchObject({ items: [] });
  for (const path of ['', '/report.md', '/report.pdf', '/charts/severity']) {
    expect((await other.inject({ url: `/api/audits/${audit.id}${path}` })).statusCode).toBe(404);
  }
});

test('an agent’s tool gives the same findings under the same numbers', async () => {
  const answer = await person.inject({
    method: 'POST',
    url: '/api/tools/call',
    payload: { tool: 'audit-contract', input: { source_code: bank } },
  });
  expect(JSON.stringify(answer.json())).toContain('"id":"F1","severity":"high"');
}, 60_000);
