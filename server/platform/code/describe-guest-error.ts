import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError } from '#server/hub-error.ts';
import type { SandboxLimits } from './run-in-sandbox.ts';

const longestMessage = 600;
const longestPrinted = 1_000;
const place = /code\.js:(\d{1,7})(?::(\d{1,7}))?/;

const noImport = {
  en: 'Nothing can be imported here. Write it in plain JavaScript.',
  zh: '这里不能导入任何内容，请用纯 JavaScript 编写。',
};

/** What to do about the failures that models run into most. */
const advice: readonly [pattern: RegExp, words: LocalizedText][] = [
  [
    /^(?:process|require|fetch|XMLHttpRequest|window|document|Deno|Bun|Buffer|module|exports|global|set(?:Timeout|Interval)|WebAssembly|Worker)\b.* is not defined/,
    {
      en: 'There is only plain JavaScript here: no network, no disk, no modules, no timers. Use files, results, parseCsv, print, table and chart.',
      zh: '这里只有纯 JavaScript：没有网络、磁盘、模块和定时器。请使用 files、results、parseCsv、print、table 和 chart。',
    },
  ],
  [
    /^return not in a function/,
    {
      en: 'Leave "return" out: the value of the last expression is the result.',
      zh: '请去掉“return”：最后一个表达式的值就是结果。',
    },
  ],
  [/^could not load module/, noImport],
  [
    /^Intl is not defined/,
    { en: 'Intl is missing here: format numbers and dates by hand.', zh: '这里没有 Intl：请自行格式化数字和日期。' },
  ],
];
const adviceOnSyntax: readonly [pattern: RegExp, words: LocalizedText][] = [
  [/^\s*(?:import|export)\b/m, noImport],
  [
    /\bawait\b/,
    { en: 'Nothing here has to be waited for: leave "await" out.', zh: '这里没有需要等待的内容：请去掉“await”。' },
  ],
];
const usualAdvice = { en: 'Correct it and run the whole code again.', zh: '请改正后重新运行全部代码。' };

/**
 * What code threw, as a failure that says where and what to do. Reads the thrown value with care: it may be anything.
 */
export function describeGuestError(
  context: QuickJSContext,
  error: QuickJSHandle,
  { code, isOver, limits, printed }: { code: string; isOver: boolean; limits: SandboxLimits; printed: string },
): HubError {
  const kept = printed.slice(0, longestPrinted);
  const shown = printed === '' ? { en: '', zh: '' } : { en: ` Printed until then: ${kept}`, zh: `此前的输出：${kept}` };
  if (isOver) {
    const seconds = limits.processorMs / 1000;
    return refuse({
      en: `The code ran for more than ${seconds} ${seconds === 1 ? 'second' : 'seconds'} of a processor and was stopped. Look for a loop without end, or work on less data.${shown.en}`,
      zh: `代码占用处理器超过 ${seconds} 秒，已被停止。请检查是否有死循环，或减少数据。${shown.zh}`,
    });
  }
  const line = place.exec(read(context, error, 'stack'))?.[1];
  const where = line === undefined ? { en: '', zh: '' } : { en: `Line ${line}: `, zh: `第 ${line} 行：` };
  const name = read(context, error, 'name');
  const message = read(context, error, 'message') || readWhole(context, error);
  if (name === 'InternalError' && message === 'out of memory') {
    return refuse({
      en: `${where.en}The code needs more than ${limits.memoryMb} MB of memory. Work on less data at once.${shown.en}`,
      zh: `${where.zh}代码占用的内存超过 ${limits.memoryMb} MB。请减少一次处理的数据。${shown.zh}`,
    });
  }
  if (/stack overflow|Maximum call stack/.test(message)) {
    return refuse({
      en: `${where.en}The code calls itself too deeply, or builds data nested too deeply. Use a loop instead of recursion.${shown.en}`,
      zh: `${where.zh}代码递归过深，或生成的数据嵌套过深。请用循环代替递归。${shown.zh}`,
    });
  }
  const hint = findAdvice({ name, message, code });
  const said = `${name === '' ? '' : `${name}: `}${message}`.slice(0, longestMessage);
  const isSentence = /[.!?]$/.test(said);
  return refuse({
    en: `${where.en}${said}${isSentence ? '' : '.'} ${hint.en}${shown.en}`,
    zh: `${where.zh}${said}${isSentence ? ' ' : '。'}${hint.zh}${shown.zh}`,
  });
}

function findAdvice({ name, message, code }: { name: string; message: string; code: string }): LocalizedText {
  const found =
    advice.find(([pattern]) => pattern.test(message)) ??
    (name === 'SyntaxError' ? adviceOnSyntax.find(([pattern]) => pattern.test(code)) : undefined);
  return found?.[1] ?? usualAdvice;
}

const refuse = (words: LocalizedText) => new HubError('validation_failed', words);

/** A getter of the thrown object may throw or run out of time; then there is nothing to read. */
function read(context: QuickJSContext, error: QuickJSHandle, name: string): string {
  if (context.typeof(error) !== 'object') return '';
  try {
    const value = context.getProp(error, name);
    return context.typeof(value) === 'string' ? context.getString(value) : '';
  } catch {
    return '';
  }
}

function readWhole(context: QuickJSContext, error: QuickJSHandle): string {
  try {
    return context.typeof(error) === 'object' ? JSON.stringify(context.dump(error)) : context.getString(error);
  } catch {
    return 'Something was thrown that cannot be shown';
  }
}
