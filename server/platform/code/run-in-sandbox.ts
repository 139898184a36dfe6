import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSContext } from 'quickjs-emscripten-core';
import variant from '@jitl/quickjs-ng-wasmfile-release-sync';
import { HubError } from '#server/hub-error.ts';
import { readProcessorMs } from '#server/platform/workers/read-processor-ms.ts';
import { createOutputKeeper, type SandboxOutput } from './keep-output.ts';
import { describeGuestError } from './describe-guest-error.ts';
import { sandboxPrelude } from './sandbox-prelude.ts';

/** What code may use, all in all. */
export type SandboxLimits = {
  /** What the code itself may use of the processor. */
  processorMs: number;
  memoryMb: number;
};

/** What code is given, as plain data. */
export type SandboxMaterial = {
  files: { name: string; text: string; isCut: boolean }[];
  results: { call: string; tool: string; output: unknown }[];
};

const stackBytes = 128 * 1024;
const pageBytes = 64 * 1024;
const initialPages = 256;
const megabyte = 1024 * 1024;
/** Compiled once a process; each call makes an instance of it. */
const interpreter = readFile(
  createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm'),
).then((bytes) => WebAssembly.compile(bytes));
/** How messages of the interpreter name the code. */
export const codeName = 'code.js';

/**
 * Runs JavaScript in an interpreter compiled to WebAssembly, with nothing of this process within its reach but one function
 * that takes text.
 *
 * Each call has an instance with memory of its own, which is left to the collector and not taken apart: an interpreter that
 * code has driven into a corner cannot be trusted to end in order.
 *
 * @throws {HubError} `validation_failed`, saying in which line what went wrong and what to do
 */
export async function runInSandbox({
  code,
  material,
  limits,
}: {
  code: string;
  /** A `SandboxMaterial` as JSON. */
  material: string;
  limits: SandboxLimits;
}): Promise<SandboxOutput> {
  const wasmMemory = new WebAssembly.Memory({
    initial: initialPages,
    maximum: initialPages + Math.ceil((limits.memoryMb * megabyte * 1.25) / pageBytes),
  });
  const quickjs = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { wasmModule: await interpreter, wasmMemory }),
  );
  const runtime = quickjs.newRuntime();
  runtime.setMemoryLimit(limits.memoryMb * megabyte);
  runtime.setMaxStackSize(stackBytes);
  const context = runtime.newContext();
  const keeper = createOutputKeeper();
  const clock = { isOver: false };
  try {
    const toJson = setUp(context, material, keeper.take);
    const end = readProcessorMs() + limits.processorMs;
    runtime.setInterruptHandler(() => (clock.isOver ||= readProcessorMs() > end));
    const fail = (error: Parameters<typeof describeGuestError>[1]): never => {
      throw describeGuestError(context, error, { code, isOver: clock.isOver, limits, printed: keeper.printed() });
    };
    const result = context.evalCode(code, codeName, { type: 'global' });
    if (result.error) return fail(result.error);
    let value = result.value;
    const jobs = runtime.executePendingJobs();
    if (jobs.error) return fail(jobs.error);
    const state = context.getPromiseState(value);
    if (state.type === 'rejected') return fail(state.error);
    if (state.type === 'fulfilled') value = state.value;
    const json = context.callFunction(toJson, context.undefined, value);
    if (json.error) return fail(json.error);
    return keeper.toOutput(context.getString(json.value), context.typeof(value) !== 'undefined');
  } catch (thrown) {
    if (thrown instanceof HubError) throw thrown;
    // The instance gave up: its stack or its memory ended where the interpreter did not expect it.
    throw brokeOff(thrown instanceof RangeError);
  }
}

function setUp(context: QuickJSContext, material: string, take: (kind: string, text: string) => void) {
  const emit = context.newFunction('emit', (kind, text) => {
    take(context.getString(kind), context.getString(text));
  });
  const prelude = context.unwrapResult(context.evalCode(sandboxPrelude, 'sandbox.js', { type: 'global' }));
  const given = context.newString(material);
  const result = context.callFunction(prelude, context.undefined, given, emit);
  if (result.error) {
    throw new HubError('validation_failed', {
      en: 'The attached files and earlier results are too big for the sandbox. Attach less, or ask the earlier tools for less.',
      zh: '附件和之前的结果对沙箱来说过大。请减少附件，或让之前的工具少返回一些内容。',
    });
  }
  given.dispose();
  return result.value;
}

function brokeOff(isStack: boolean): HubError {
  return new HubError(
    'validation_failed',
    isStack
      ? {
          en: 'The code calls itself too deeply, or builds data nested too deeply. Use a loop instead of recursion.',
          zh: '代码递归过深，或生成的数据嵌套过深。请用循环代替递归。',
        }
      : {
          en: 'The code ended the interpreter: it needs too much memory. Work on less data at once.',
          zh: '代码使解释器终止：占用的内存过多。请减少一次处理的数据。',
        },
  );
}
