import { afterAll, describe, expect, test } from 'vitest';
import { detectors } from '#server/platform/solidity/detectors.ts';
import { createContractAuditor } from '#server/platform/solidity/contract-auditor.ts';
import { checkPatches, compileSources } from '#server/platform/solidity/compile-sources.ts';
import { auditSources } from '#server/platform/solidity/audit-sources.ts';
import { solhintRules } from '#server/platform/solidity/solhint-rules.ts';
import { findCompiler, runCompiler } from '#server/platform/solidity/run-compiler.ts';
import { auditOne, labelledSources, scoreDetectors } from '#test/support/labelled-contracts.ts';
import { workersFolder } from '#test/support/prepared-folder.ts';

const workerFile = new URL('solidity-worker.js', workersFolder);
const auditor = createContractAuditor({ workerFile, compiler: null });
const { signal } = new AbortController();
const named = (content: string, path = 'source.sol') => [{ path, content }];

afterAll(() => auditor.close());

describe('the detectors', () => {
  test('find what is labelled as weak, and let pass what only looks like it', () => {
    const scores = scoreDetectors();
    expect(scores.filter(({ missed }) => missed.length > 0)).toEqual([]);
    // Solhint has tests of its rules; here they only show that they are asked, and right.
    const own = scores.filter(({ detector }) => !detector.startsWith('solhint-'));
    expect(own.filter(({ weak, safe }) => weak < 2 || safe < 2)).toEqual([]);
    expect(own.map(({ detector }) => detector).sort()).toEqual(detectors.map(({ id }) => id).sort());
    expect(scores.map(({ detector }) => detector).filter((id) => id.startsWith('solhint-'))).toEqual(
      solhintRules.map(({ rule }) => `solhint-${rule}`),
    );
  }, 120_000);

  test('propose only patches that compile', async () => {
    const compiler = findCompiler();
    if (compiler === null) throw new Error('solc is not installed');
    const modern = labelledSources.filter(({ isOld }) => !isOld);
    const files = modern.map(({ content }, place) => ({
      path: `source-${place}.sol`,
      content: content.replace(/pragma solidity [^;]+;/, 'pragma solidity >=0.8.0;'),
    }));
    const patched = modern.flatMap(({ content, isWeak }, place) =>
      isWeak
        ? auditSources(named(content)).patched.map(({ finding, text }) => ({
            path: `source-${place}-${finding}.sol`,
            content: text,
          }))
        : [],
    );
    expect(patched.length).toBeGreaterThan(60);
    // Each is a file of its own, so one run of the compiler looks at all, as far as types go.
    const answer = await runCompiler(
      compiler,
      {
        language: 'Solidity',
        sources: Object.fromEntries([...files, ...patched].map(({ path, content }) => [path, { content }])),
        settings: { outputSelection: { '*': { '': [] } } },
      },
      { timeoutMs: 170_000, signal },
    );
    const { errors = [] } = answer as { errors?: { severity: string; formattedMessage: string }[] };
    expect(errors.filter(({ severity }) => severity === 'error')).toEqual([]);
  }, 180_000);
});

test('patches are tried one by one, each beside the other files', async () => {
  const compiler = findCompiler();
  if (compiler === null) throw new Error('solc is not installed');
  const files = [
    { path: 'src/a.sol', content: 'pragma solidity 0.8.37; import "@own/b.sol"; contract A is B {}' },
    { path: 'src/b.sol', content: 'pragma solidity 0.8.37; contract B { uint256 internal one; }' },
  ];
  const settings = { remappings: ['@own/=src/'], evmVersion: 'paris', viaIR: false, optimizer: null };
  const patched = [
    { finding: 'F1', path: 'src/b.sol', text: 'pragma solidity 0.8.37; contract B { uint256 private one; }' },
    { finding: 'F2', path: 'src/b.sol', text: 'pragma solidity 0.8.37; contract C { }' },
  ];
  expect(await checkPatches(compiler, files, { patched, settings, signal })).toEqual(
    new Map([
      ['F1', true],
      ['F2', false],
    ]),
  );
}, 60_000);

test('the compiler is asked and answers whole, however long both are', async () => {
  const compiler = findCompiler();
  if (compiler === null) throw new Error('solc is not installed');
  const contracts = Array.from(
    { length: 120 },
    (_, place) => `contract A${place} { string public text = "${'a'.repeat(4_000)}"; }`,
  );
  const compiled = await compileSources(compiler, named(`pragma solidity 0.8.37; ${contracts.join(' ')}`), {
    settings: null,
    signal,
  });
  expect(compiled.status === 'done' && compiled.contracts.length).toBe(120);
}, 120_000);

describe('hostile sources', () => {
  test.each<[string, string, string]>([
    ['nested 10,000 deep', `contract A { uint256 a = ${'('.repeat(10_000)}1${')'.repeat(10_000)}; }`, 'nested'],
    ['that is no Solidity', 'contract A {\n  function (((\n}', ''],
  ])(
    'one %s is told with its place',
    async (_, content, problem) => {
      const { unread, findings } = await auditor.audit(
        [{ path: 'bad.sol', content }, ...named('pragma solidity ^0.8.0; contract Good {}')],
        signal,
      );
      expect(unread).toMatchObject([
        { path: 'bad.sol', line: expect.any(Number) as number, column: expect.any(Number) as number },
      ]);
      expect(unread[0]?.problem).toContain(problem);
      expect(findings).toMatchObject([{ detector: 'floating-pragma', place: { file: 'source.sol', line: 1 } }]);
    },
    60_000,
  );

  test('one that takes too long is ended, and the next is read', async () => {
    const impatient = createContractAuditor({ workerFile, compiler: null, limits: { processorMs: 300 } });
    const endless = `contract A { uint256 a = ${Array.from({ length: 200_000 }, () => '1').join('+')}; }`;
    await expect(impatient.audit(named(endless), signal)).rejects.toMatchObject({ code: 'payload_too_large' });
    await impatient.close();
  }, 60_000);

  test('a machine that is too busy to read them is no fault of theirs', async () => {
    const starved = createContractAuditor({ workerFile, compiler: null, limits: { timeoutMs: 1 } });
    await expect(starved.audit(named('contract A {}'), signal)).rejects.toMatchObject({ code: 'unavailable' });
    await starved.close();
  }, 60_000);

  test('a line of a megabyte is read', async () => {
    const { unread } = await auditor.audit(
      named(`contract A { string public text = "${'a'.repeat(1_000_000)}"; }`),
      signal,
    );
    expect(unread).toEqual([]);
  }, 60_000);
});

test('without the compiler an audit says what is missing', async () => {
  const { compilation, findings } = await auditor.audit(named('pragma solidity ^0.8.20; contract A {}'), signal);
  expect(compilation).toMatchObject({
    status: 'not-run',
    reason: { en: expect.stringContaining('not installed') as string },
  });
  expect(findings[0]?.patch).toMatchObject({ compiles: null });
}, 60_000);

test('imports that were not given are named, never fetched', () => {
  const { missingImports } = auditSources([
    {
      path: 'src/a.sol',
      content:
        'import "./b.sol"; import "../lib/c.sol"; import "@openzeppelin/contracts/token/ERC20/ERC20.sol"; contract A {}',
    },
    { path: 'src/b.sol', content: 'contract B {}' },
  ]);
  expect(missingImports).toEqual(['lib/c.sol', '@openzeppelin/contracts/token/ERC20/ERC20.sol']);
});

describe('what solhint reports', () => {
  const owned = (use: string) =>
    `pragma solidity 0.8.37;\n/* solhint-disable */\ncontract A { address public owner = msg.sender; uint256 public fee;\n  function set(uint256 value) external { ${use} fee = value; }\n}`;

  test('is one finding with what a detector found at the same place', () => {
    const { findings } = auditSources(named(owned('require(tx.origin == owner);')));
    const origins = findings.filter(({ weaknesses }) => weaknesses.includes('SWC-115'));
    expect(origins).toMatchObject([
      { detector: 'tx-origin', severity: 'high', rules: ['solhint: avoid-tx-origin'], place: { line: 4 } },
    ]);
  });

  test('is a finding of its own where no detector agrees, whatever comments of the source say', () => {
    const { findings } = auditSources(named(owned('require(tx.origin == msg.sender);')));
    expect(findings.filter(({ weaknesses }) => weaknesses.includes('SWC-115'))).toMatchObject([
      {
        detector: 'solhint-avoid-tx-origin',
        confidence: 'low',
        rules: ['solhint: avoid-tx-origin'],
        place: { file: 'source.sol', line: 4 },
        contract: 'A',
        function: 'set',
        patch: null,
      },
    ]);
  });

  test('of what is merely used is said once a function', () => {
    const { findings } = auditSources(named(owned('require(block.timestamp > 5 || block.timestamp < 3);')));
    expect(findings.filter(({ rules }) => rules.includes('solhint: not-rely-on-time'))).toHaveLength(1);
  });
});

test('a finding says where it is and how it is mended', () => {
  const { findings } = auditOne(
    'pragma solidity 0.8.37;\ncontract A {\n  address public owner;\n  function f() external { require(tx.origin == owner); }\n}\n',
  );
  expect(findings.find(({ detector }) => detector === 'tx-origin')).toMatchObject({
    contract: 'A',
    function: 'f',
    place: { line: 4, column: 35, endLine: 4, endColumn: 44 },
    patch: { diff: expect.stringContaining('+  function f() external { require(msg.sender == owner); }') as string },
  });
});
