import { getAddress, padHex } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChainRegistry } from '#server/onchain/chain-registry.ts';
import { chainList } from '#server/onchain/chains.ts';
import { proxySlots } from '#server/onchain/contract-powers.ts';
import { createChainReader } from '#server/onchain/create-chain-reader.ts';
import { createSourceFinder } from '#server/onchain/find-verified-source.ts';
import { startLocalServer } from '#test/support/local-server.ts';
import { type ScriptedRpc, startScriptedRpc } from '#test/support/scripted-rpc.ts';

const proxy = getAddress(`0x${'61'.repeat(20)}`);
const logic = getAddress(`0x${'62'.repeat(20)}`);
const plain = getAddress(`0x${'63'.repeat(20)}`);
const standard = getAddress(`0x${'64'.repeat(20)}`);
const unverified = getAddress(`0x${'65'.repeat(20)}`);
const explored = {
  CompilerVersion: 'v0.8.20+commit.a1b79de6',
  OptimizationUsed: '1',
  Runs: '999',
  EVMVersion: 'Default',
};
const asked: string[] = [];

let rpc: ScriptedRpc;
let services: Awaited<ReturnType<typeof startLocalServer>>;
const openReader = (isSetUp: boolean) =>
  createChainReader({
    registry: createChainRegistry({ chains: chainList({ ethereum: rpc.url }), fetch }),
    findVerifiedSource: createSourceFinder({
      fetch,
      sourcifyUrl: isSetUp ? services.url : undefined,
      etherscanUrl: isSetUp ? `${services.url}/v2/api?apikey=k` : undefined,
    }),
  });
const read = async (contract: string, isSetUp = true) =>
  await openReader(isSetUp).read('source', { chain: 'ethereum', contract, signal: new AbortController().signal });

beforeAll(async () => {
  const contracts = [proxy, logic, plain, standard, unverified].map((one) => [one.toLowerCase(), {}] as const);
  rpc = await startScriptedRpc({
    contracts: {
      ...Object.fromEntries(contracts),
      [proxy.toLowerCase()]: { storage: { [proxySlots.implementation]: padHex(logic, { size: 32 }) } },
    },
  });
  services = await startLocalServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://services');
    asked.push(`${url.pathname}${url.search}`);
    response.setHeader('content-type', 'application/json');
    const address = url.searchParams.get('address');
    if (url.pathname === `/v2/contract/1/${logic}`) {
      response.end(
        JSON.stringify({
          match: 'exact_match',
          chainId: '1',
          address: logic,
          sources: {
            'src/Vault.sol': { content: 'import "@lib/Base.sol"; contract Vault is Base {}' },
            'https://example.org/lib/Base.sol': { content: 'contract Base {}' },
          },
          compilation: {
            language: 'Solidity',
            compiler: 'solc',
            compilerVersion: '0.8.24+commit.e11b9ed9',
            compilerSettings: {
              remappings: ['@lib/=lib/'],
              evmVersion: 'paris',
              viaIR: true,
              optimizer: { enabled: true, runs: 7 },
            },
            name: 'Vault',
            fullyQualifiedName: 'src/Vault.sol:Vault',
          },
        }),
      );
    } else if (url.pathname === '/v2/api' && url.searchParams.get('action') === 'getsourcecode') {
      const input = {
        language: 'Solidity',
        sources: { 'a/A.sol': { content: 'contract A {}' } },
        settings: { viaIR: true },
      };
      const text = address === plain ? 'contract Plain {}' : address === standard ? `{${JSON.stringify(input)}}` : '';
      response.end(JSON.stringify({ status: '1', result: [{ ...explored, SourceCode: text, ContractName: 'A' }] }));
    } else {
      response.statusCode = 404;
      response.end(JSON.stringify({ match: null, creationMatch: null, runtimeMatch: null }));
    }
  });
});
afterAll(() => Promise.all([rpc.close(), services.close()]));

describe('the source of a contract', () => {
  test('behind a proxy is that of the implementation, with its files and settings (Sourcify, API v2)', async () => {
    expect(await read(proxy)).toEqual({
      origin: {
        chain: 'ethereum',
        address: proxy,
        implementation: logic,
        name: 'Vault',
        compiler: '0.8.24+commit.e11b9ed9',
        from: 'Sourcify',
        explorerUrl: `https://etherscan.io/address/${logic}`,
      },
      files: [
        { path: 'src/Vault.sol', content: 'import "@lib/Base.sol"; contract Vault is Base {}' },
        { path: 'https_//example.org/lib/Base.sol', content: 'contract Base {}' },
      ],
      settings: { remappings: ['@lib/=lib/'], evmVersion: 'paris', viaIR: true, optimizer: { enabled: true, runs: 7 } },
    });
  });

  test('comes from an explorer where Sourcify knows none, as one file or as standard JSON (Etherscan, API V2)', async () => {
    expect(await read(plain)).toMatchObject({
      origin: { from: 'Etherscan', implementation: null, compiler: explored.CompilerVersion },
      files: [{ path: 'A.sol', content: 'contract Plain {}' }],
      settings: { remappings: [], evmVersion: null, optimizer: { enabled: true, runs: 999 } },
    });
    expect(await read(standard)).toMatchObject({
      files: [{ path: 'a/A.sol' }],
      settings: { viaIR: true, optimizer: null },
    });
    expect(asked.at(-1)).toBe(`/v2/api?apikey=k&chainid=1&module=contract&action=getsourcecode&address=${standard}`);
  });

  test.each([
    [unverified, true, 'not_found', /not verified, or could not be reached \(asked: Sourcify, Etherscan\)/],
    [unverified, false, 'not_found', /HUB_SOURCIFY_URL/],
    [getAddress(`0x${'66'.repeat(20)}`), true, 'validation_failed', /No contract stands at/],
  ])('of %s is refused with what to do', async (contract, isSetUp, code, message) => {
    await expect(read(contract, isSetUp)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
