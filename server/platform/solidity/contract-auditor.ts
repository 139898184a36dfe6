import type { AuditCompilation, AuditReport, AuditSource } from '#server/contract/contract-audit.ts';
import type { CompilerSettings } from '#server/contract/contract-source.ts';
import { HubError } from '#server/hub-error.ts';
import { toAbsence } from '#server/platform/workers/to-absence.ts';
import { createWorkerPool } from '#server/platform/workers/worker-pool.ts';
import type { Loss } from '#server/platform/workers/worker-process.ts';
import type { SourceAudit } from './audit-sources.ts';
import { checkPatches, compileSources } from './compile-sources.ts';
import { type Compiler, findCompiler } from './run-compiler.ts';
import type { SolidityTask } from './solidity-worker.ts';

type How = { settings: CompilerSettings | null; signal: AbortSignal };

const usualLimits = { processorMs: 30_000, memoryMb: 512 };

/**
 * Audits Solidity that strangers wrote: read in a process of its own with limits on processor time and memory, and compiled by the
 * compiler's own program where that is installed. A patch that the compiler refuses is not proposed.
 *
 * @param options.workerFile - where the build put `solidity-worker`
 */
export function createContractAuditor({
  workerFile,
  compiler = findCompiler(),
  limits = {},
}: {
  workerFile: URL;
  compiler?: Compiler | null;
  limits?: Partial<typeof usualLimits> & { timeoutMs?: number };
}) {
  const { memoryMb, ...limitsOfTask } = { ...usualLimits, ...limits };
  const { processorMs } = limitsOfTask;
  const pool = createWorkerPool<SolidityTask, SourceAudit | AuditSource[]>({
    file: workerFile,
    processes: 1,
    mostWaiting: 16,
    memoryMb,
    toFailure: (why) => toFailure(why, processorMs),
  });

  async function compile(files: AuditSource[], how: How): Promise<AuditCompilation> {
    if (compiler === null) return { status: 'not-run', reason: notInstalled };
    try {
      return await compileSources(compiler, files, how);
    } catch {
      how.signal.throwIfAborted();
      return { status: 'not-run', reason: noAnswer };
    }
  }

  async function check(files: AuditSource[], patched: SourceAudit['patched'], how: How) {
    if (compiler === null) return new Map<string, boolean>();
    try {
      return await checkPatches(compiler, files, { patched, ...how });
    } catch {
      how.signal.throwIfAborted();
      return new Map<string, boolean>();
    }
  }

  return {
    /** @throws {HubError} `payload_too_large`, when reading takes too much; `unavailable`, when the machine is busy or too many wait */
    audit: async (
      files: AuditSource[],
      signal: AbortSignal,
      settings: CompilerSettings | null = null,
    ): Promise<AuditReport> => {
      const how = { settings, signal };
      const begun = performance.now();
      const task: SolidityTask = { kind: 'audit', files, remappings: settings?.remappings ?? [] };
      const reading = pool.run(task, { ...limitsOfTask, signal }) as Promise<SourceAudit>;
      const [{ patched: _patched, ...found }, compilation, checked] = await Promise.all([
        reading,
        compile(files, how),
        reading.then((read) => check(files, read.patched, how)),
      ]);
      // Of sources that do not compile by themselves, no patch does.
      const compiled = compilation.status === 'done' ? checked : new Map<string, boolean>();
      const findings = found.findings.map((finding) => {
        const compiles = compiled.get(finding.id) ?? null;
        if (finding.patch === null) return finding;
        return { ...finding, patch: compiles === false ? null : { ...finding.patch, compiles } };
      });
      return { ...found, findings, compilation, origin: null, durationMs: Math.round(performance.now() - begun) };
    },

    /** The Solidity files of a zip. @throws {HubError} `validation_failed`, `payload_too_large` */
    unpack: async (zip: Uint8Array, signal: AbortSignal): Promise<AuditSource[]> =>
      (await pool.run({ kind: 'unpack', zip }, { ...limitsOfTask, signal })) as AuditSource[],

    close: pool.close,
  };
}
export type ContractAuditor = ReturnType<typeof createContractAuditor>;

const notInstalled = {
  en: 'The Solidity compiler is not installed: warnings, storage layout, sizes and the check of patches are missing. Run "npm install" with optional packages (solc) on the hub.',
  zh: '未安装 Solidity 编译器：缺少警告、存储布局、字节码大小和补丁检查。请在中枢上运行包含可选软件包（solc）的 “npm install”。',
};
const noAnswer = {
  en: 'The compiler took too long or gave no answer: warnings, storage layout, sizes and the check of patches are missing.',
  zh: '编译器耗时过长或没有返回结果：缺少警告、存储布局、字节码大小和补丁检查。',
};

function toFailure(why: Loss, processorMs: number): HubError {
  switch (why) {
    case 'slow':
      return new HubError('payload_too_large', {
        en: `These sources cannot be audited: reading them takes more than ${processorMs / 1000} seconds of a processor. Split them, or send fewer files.`,
        zh: `无法审计这些源码：读取占用处理器超过 ${processorMs / 1000} 秒。请拆分，或减少文件。`,
      });
    case 'memory':
      return new HubError('payload_too_large', {
        en: 'These sources cannot be audited: reading them takes too much memory.',
        zh: '无法审计这些源码：读取占用内存过多。',
      });
    case 'broken':
      return new HubError('validation_failed', {
        en: 'These sources cannot be audited: reading them broke off.',
        zh: '无法审计这些源码：读取中断。',
      });
    case 'busy':
    case 'stopped':
      return toAbsence(why, { en: 'audit contracts', zh: '审计合约' });
  }
}
