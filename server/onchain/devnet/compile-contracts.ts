import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { JsonObject } from '#server/contract/json.ts';
import { HubError } from '#server/hub-error.ts';
import { CompiledContract } from './compiled-contract.ts';

const timeoutMs = 180_000;
const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'cancun',
  outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object', 'metadata'] } },
};
/** Asks the Solidity compiler, a program of its own, for its standard JSON. */
export type CompileSolidity = (
  input: JsonObject,
  limits: { timeoutMs: number; signal: AbortSignal },
) => Promise<unknown>;

const Output = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).default([]),
  contracts: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        abi: z.array(z.unknown()),
        metadata: z.string(),
        evm: z.object({
          bytecode: z.object({ object: z.string() }),
          deployedBytecode: z.object({ object: z.string() }),
        }),
      }),
    ),
  ),
});

/** The devnet's contracts by their files' names. */
export const contractSources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(import.meta.glob<string>('./contracts/*.sol', { query: '?raw', import: 'default', eager: true })).map(
    ([path, source]) => [path.replace('./contracts/', ''), source],
  ),
);

/** Changes with the sources and with how they are compiled. */
export const sourcesDigest = createHash('sha256')
  .update(JSON.stringify([contractSources, settings]))
  .digest('hex')
  .slice(0, 16);

/**
 * The devnet's contracts, compiled once and kept in `file`.
 *
 * @param compile - null where no compiler is installed
 * @throws {HubError} `unavailable`, when it is not installed or failed
 */
export async function compileContracts(
  file: string,
  { compile, signal }: { compile: CompileSolidity | null; signal: AbortSignal },
): Promise<Map<string, CompiledContract>> {
  const kept = await readKept(file);
  const contracts = kept ?? (await compileAll(compile, signal));
  if (kept === null) {
    await writeFile(`${file}.new`, JSON.stringify(contracts));
    await rename(`${file}.new`, file);
  }
  return new Map(contracts.map((contract) => [contract.name, contract]));
}

async function readKept(file: string): Promise<CompiledContract[] | null> {
  try {
    return z.array(CompiledContract).parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

async function compileAll(compile: CompileSolidity | null, signal: AbortSignal): Promise<CompiledContract[]> {
  if (compile === null) throw compilerMissing();
  const sources = Object.fromEntries(Object.entries(contractSources).map(([file, content]) => [file, { content }]));
  try {
    const { errors, contracts } = Output.parse(
      await compile({ language: 'Solidity', sources, settings }, { timeoutMs, signal }),
    );
    const failure = errors.find(({ severity }) => severity === 'error');
    if (failure !== undefined) throw new Error(failure.formattedMessage);
    return Object.entries(contracts).flatMap(([file, inFile]) =>
      Object.entries(inFile).map(([name, { abi, metadata, evm }]) =>
        CompiledContract.parse({
          name,
          file,
          abi,
          metadata,
          bytecode: `0x${evm.bytecode.object}`,
          runtimeCode: `0x${evm.deployedBytecode.object}`,
        }),
      ),
    );
  } catch (thrown) {
    signal.throwIfAborted();
    throw notCompiled(thrown);
  }
}

const compilerMissing = () =>
  new HubError('unavailable', {
    en: 'The Solidity compiler is not installed, which makes the devnet’s contracts. Run "npm install" with optional packages (solc) on the hub.',
    zh: '未安装 Solidity 编译器，无法生成开发网的合约。请在中枢上运行包含可选软件包（solc）的 “npm install”。',
  });

const notCompiled = (cause: unknown) =>
  new HubError(
    'unavailable',
    {
      en: 'The devnet’s contracts could not be compiled. Try again; the hub’s log says more.',
      zh: '无法编译开发网的合约。请重试；详情见中枢日志。',
    },
    { cause },
  );
