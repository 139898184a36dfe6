import { z } from 'zod';
import type { AuditCompilation, AuditSource } from '#server/contract/contract-audit.ts';
import type { CompilerSettings } from '#server/contract/contract-source.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { type Compiler, runCompiler } from './run-compiler.ts';

const timeoutMs = 120_000;
const mostMessages = 50;
/** Each patch is compiled with all files: so many lines at most, in one run of the compiler, the worst findings' first. */
const mostPatchedLines = 16_000;

const Message = z.object({
  severity: z.string(),
  formattedMessage: z.string().default(''),
  message: z.string(),
  sourceLocation: z.object({ file: z.string() }).optional(),
});
const Layout = z.object({
  storage: z.array(z.object({ label: z.string(), type: z.string(), slot: z.string(), offset: z.number() })),
  types: z.record(z.string(), z.object({ label: z.string() })).nullable(),
});
const Output = z.object({
  errors: z.array(Message).default([]),
  contracts: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          evm: z.object({ deployedBytecode: z.object({ object: z.string() }).optional() }).optional(),
          storageLayout: Layout.optional(),
        }),
      ),
    )
    .default({}),
});

const toSources = (files: AuditSource[], prefix = '') =>
  Object.fromEntries(files.map(({ path, content }) => [prefix + path, { content }]));

/** The compiler's own settings of a contract, or those of today's chains. */
function toOwnSettings(settings: CompilerSettings | null): JsonObject {
  if (settings === null) return { evmVersion: 'cancun' };
  const { remappings, evmVersion, viaIR, optimizer } = settings;
  return { remappings, evmVersion: evmVersion ?? 'cancun', viaIR, ...(optimizer === null ? {} : { optimizer }) };
}

/** A remapping (`context:prefix=target`) for what lies in a folder. */
function toFolder(remapping: string, folder: string): string {
  const [left = '', target = ''] = remapping.split('=');
  const [prefix = '', context = ''] = left.split(':').reverse();
  return `${folder}${context}:${prefix}=${folder}${target}`;
}

/** What the compiler says of sources: faults, warnings, sizes, storage. */
export async function compileSources(
  compiler: Compiler,
  files: AuditSource[],
  { settings, signal }: { settings: CompilerSettings | null; signal: AbortSignal },
): Promise<AuditCompilation> {
  const { version } = compiler;
  const input: JsonObject = {
    language: 'Solidity',
    sources: toSources(files),
    settings: {
      ...toOwnSettings(settings),
      outputSelection: { '*': { '*': ['evm.deployedBytecode.object', 'storageLayout'] } },
    },
  };
  const { errors, contracts } = Output.parse(await runCompiler(compiler, input, { timeoutMs, signal }));
  const say = (wanted: boolean) =>
    errors
      .filter(({ severity }) => (severity === 'error') === wanted)
      .map(({ formattedMessage, message }) => (formattedMessage || message).trim().slice(0, 1_000))
      .slice(0, mostMessages);
  if (errors.some(({ severity }) => severity === 'error')) return { status: 'failed', version, errors: say(true) };
  return {
    status: 'done',
    version,
    warnings: say(false),
    contracts: Object.entries(contracts).flatMap(([file, inFile]) =>
      Object.entries(inFile).map(([name, { evm, storageLayout }]) => ({
        name,
        file,
        bytecodeBytes: (evm?.deployedBytecode?.object.length ?? 0) / 2,
        storage: (storageLayout?.storage ?? []).map(({ label, type, slot, offset }) => ({
          name: label,
          type: storageLayout?.types?.[type]?.label ?? type,
          slot,
          offset,
        })),
      })),
    ),
  };
}

/**
 * Which patches compile, each with all other files as they are; those that were not tried for their number are left out.
 * All are compiled in one run, each under a folder of its own, and only as far as types go.
 */
export async function checkPatches(
  compiler: Compiler,
  files: AuditSource[],
  {
    patched,
    settings,
    signal,
  }: {
    patched: { finding: string; path: string; text: string }[];
    settings: CompilerSettings | null;
    signal: AbortSignal;
  },
): Promise<Map<string, boolean>> {
  const lines = files.reduce((sum, { content }) => sum + content.split('\n').length, 0);
  const tried = patched.slice(0, Math.floor(mostPatchedLines / Math.max(lines, 1)));
  if (tried.length === 0) return new Map();
  const folders = tried.map(({ finding }) => `patch-${finding}/`);
  const sources = Object.assign(
    {},
    ...tried.map(({ path, text }, place) =>
      toSources(
        files.map((file) => (file.path === path ? { path, content: text } : file)),
        folders[place],
      ),
    ),
  ) as JsonObject;
  // An import by its name from the root means the file of the same patch.
  const roots = [...new Set(files.map(({ path }) => path.split('/')[0] ?? ''))];
  const remappings = folders.flatMap((folder) => [
    ...roots.map((root) => `${folder}:${root}=${folder}${root}`),
    ...(settings?.remappings ?? []).map((remapping) => toFolder(remapping, folder)),
  ]);
  const input: JsonObject = {
    language: 'Solidity',
    sources,
    settings: { ...toOwnSettings(settings), remappings, outputSelection: { '*': { '': [] } } },
  };
  const { errors } = Output.parse(await runCompiler(compiler, input, { timeoutMs, signal }));
  const failed = errors.filter(({ severity }) => severity === 'error');
  // A fault without a place could be anybody's.
  const isUnsure = failed.some(({ sourceLocation }) => sourceLocation === undefined);
  if (isUnsure) return new Map();
  return new Map(
    tried.map(({ finding }, place) => [
      finding,
      !failed.some(({ sourceLocation }) => sourceLocation?.file.startsWith(folders[place] ?? '')),
    ]),
  );
}
