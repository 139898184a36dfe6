import { describe, expect, test } from 'vitest';
import { auditSources } from '#server/platform/solidity/audit-sources.ts';

type Sources = Record<string, string>;
const pragma = 'pragma solidity 0.8.37;';
const guard = (check: string) =>
  `${pragma} contract Guard { address owner = msg.sender; modifier onlyOwner() { ${check} _; } }`;
const closed = guard('require(msg.sender == owner, "not yours");');
const open = guard('');
const vault = (imports: string, base = 'Guard') =>
  `${pragma} ${imports} contract Vault is ${base} { function end() external onlyOwner { selfdestruct(payable(msg.sender)); } }`;

/** The files in which a detector finds its weakness, whichever of them is read first. */
function findFiles(detector: string, sources: Sources, remappings: string[] = []): string[] {
  const files = Object.entries(sources).map(([path, content]) => ({ path, content }));
  const [found = [], reversed] = [files, files.toReversed()].map((ordered) =>
    auditSources(ordered, remappings)
      .findings.filter((finding) => finding.detector === detector)
      .map(({ place }) => place.file),
  );
  expect(reversed).toEqual(found);
  return found;
}
const findOpen = (sources: Sources, remappings?: string[]) =>
  findFiles('unprotected-selfdestruct', sources, remappings);

describe('contracts of one name in several files', () => {
  test.each([
    ['of a file', 'import "./guard.sol";', 'Guard'],
    ['of names', 'import { Guard } from "./guard.sol";', 'Guard'],
    ['under another name', 'import { Guard as Base } from "../b/./guard.sol";', 'Base'],
    ['of a file as a name', 'import "./guard.sol" as guards;', 'guards.Guard'],
    ['of all of a file as a name', 'import * as guards from "./guard.sol";', 'guards.Guard'],
    ['by way of files that import each other', 'import "./all.sol";', 'Guard'],
    ['of what has its name only there', 'import { Base } from "./all.sol";', 'Base'],
  ])('are told apart by an import %s', (_, imports, base) => {
    const all = 'import "./vault.sol"; import "./guard.sol"; import { Guard as Base } from "./guard.sol";';
    expect(
      findOpen({
        'a/guard.sol': closed,
        'a/all.sol': all,
        'a/vault.sol': vault(imports.replace('/b/', '/a/'), base),
        'b/guard.sol': open,
        'b/all.sol': all,
        'b/vault.sol': vault(imports, base),
      }),
    ).toEqual(['b/vault.sol']);
  });

  test('are told apart where each file declares its own', () => {
    expect(findOpen({ 'a.sol': `${closed} ${vault('')}`, 'b.sol': `${open} ${vault('')}` })).toEqual(['b.sol']);
  });

  test('are told apart by remappings, the one of the nearest context and the longest prefix first', () => {
    const files = {
      'a/vault.sol': vault('import "@lib/guard.sol";'),
      'b/vault.sol': vault('import "@lib/guard.sol";'),
      'libraries/one/guard.sol': closed,
      'libraries/two/guard.sol': open,
    };
    const remappings = ['@lib/=libraries/one/', '@=libraries/', 'b/:@lib/=libraries/two/'];
    expect(findOpen(files, remappings)).toEqual(['b/vault.sol']);
  });

  test('are told apart by the nearest folder of libraries', () => {
    const files = {
      'node_modules/@lib/guard.sol': closed,
      'part/node_modules/@lib/guard.sol': open,
      'src/vault.sol': vault('import "@lib/guard.sol";'),
      'part/src/vault.sol': vault('import "@lib/guard.sol";'),
    };
    expect(findOpen(files)).toEqual(['part/src/vault.sol']);
  });

  test('are found without their folders, and none is taken for one that was not given', () => {
    expect(findOpen({ 'guard.sol': open, 'vault.sol': vault('import "./access/guard.sol";') })).toEqual(['vault.sol']);
    // By its name, the modifier of what is missing lets only its owner in.
    const imports = vault('import "lib/missing.sol";');
    expect(findOpen({ 'a/guard.sol': closed, 'b/guard.sol': open, 'vault.sol': imports })).toEqual([]);
    expect(findOpen({ 'b/other.sol': open, 'vault.sol': imports })).toEqual(['vault.sol']);
  });

  test('are told apart where a name is the type of a variable that another file declares', () => {
    const token = (answer: string) =>
      `${pragma} interface Coin { function transfer(address, uint256) external ${answer}; }`;
    const holder = `${pragma} import "./coin.sol"; contract Holder { Coin coin; }`;
    const payer = `${pragma} import "./holder.sol"; contract Payer is Holder { function pay(address to) external { coin.transfer(to, 1); } }`;
    const files = Object.fromEntries(
      [
        ['a', ''],
        ['b', 'returns (bool)'],
      ].flatMap(([folder, answer = '']) => [
        [`${folder}/coin.sol`, token(answer)],
        [`${folder}/holder.sol`, holder],
        [`${folder}/payer.sol`, payer],
      ]),
    );
    expect(findFiles('unchecked-token-transfer', files)).toEqual(['b/payer.sol']);
  });

  test('are told apart with structs of one name: in a contract, in a file, in what is inherited', () => {
    const struct = (bits: number) => `struct Share { uint${bits} part; }`;
    const reader = (type: string, more = '') =>
      `contract Reader ${more} mapping(address => ${type}) shares; function read() external view returns (uint64) { return uint64(shares[msg.sender].part); } }`;
    const files = {
      'narrow.sol': `${pragma} contract Base { ${struct(64)} } ${reader('Share', 'is Base {')}`,
      'wide.sol': `${pragma} contract Base { ${struct(256)} } ${reader('Share', 'is Base {')}`,
      'shares/narrow.sol': `${pragma} ${struct(64)}`,
      'shares/wide.sol': `${pragma} ${struct(256)} library Shares { ${struct(64)} }`,
      'imports-narrow.sol': `${pragma} import "./shares/narrow.sol"; ${reader('Share', '{')}`,
      'imports-wide.sol': `${pragma} import "./shares/wide.sol"; ${reader('Share', '{')}`,
      'names-narrow.sol': `${pragma} import "./shares/wide.sol"; ${reader('Shares.Share', '{')}`,
    };
    expect(findFiles('unsafe-downcast', files)).toEqual(['imports-wide.sol', 'wide.sol']);
  });
});
