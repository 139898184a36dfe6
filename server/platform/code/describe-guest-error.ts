import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { HubError } from '#server/hub-error.ts';
import type { SandboxLimits } from './run-in-sandbox.ts';

const longestMessage = 600;
const longestPrinted = 1_000;
const place = /code\.js:(\d{1,7})(?::(\d{1,7}))?/;

/** What to do about the failures that models run into most. */
const advice: readonly [pattern: RegExp, text: string][] = [
  [
    /^(?:process|require|fetch|XMLHttpRequest|window|document|Deno|Bun|Buffer|module|exports|global|set(?:Timeout|Interval)|WebAssembly|Worker)\b.* is not defined/,
    'There is only plain JavaScript here: no network, no disk, no modules, no timers. Use files, results, parseCsv, print, table and chart.',
  ],
  [/^return not in a function/, 'Leave "return" out: the value of the last expression is the result.'],
  [/^could not load module/, 'Nothing can be imported here. Write it in plain JavaScript.'],
  [/^Intl is not defined/, 'Intl is missing here: format numbers and dates by hand.'],
];
const adviceOnSyntax: readonly [pattern: RegExp, text: string][] = [
  [/^\s*(?:import|export)\b/m, 'Nothing can be imported here. Write it in plain JavaScript.'],
  [/\bawait\b/, 'Nothing here has to be waited for: leave "await" out.'],
];

/**
 * What code threw, as a failure that says where and what to do. Reads the thrown value with care: it may be anything.
 */
export function describeGuestError(
  context: QuickJSContext,
  error: QuickJSHandle,
  { code, isOver, limits, printed }: { code: string; isOver: boolean; limits: SandboxLimits; printed: string },
): HubError {
  const shown = printed === '' ? '' : ` Printed until then: ${printed.slice(0, longestPrinted)}`;
  if (isOver) {
    const seconds = limits.processorMs / 1000;
    return refuse(
      `The code ran for more than ${seconds} ${seconds === 1 ? 'second' : 'seconds'} of a processor and was stopped. Look for a loop without end, or work on less data.${shown}`,
    );
  }
  const line = place.exec(read(context, error, 'stack'))?.[1];
  const where = line === undefined ? '' : `Line ${line}: `;
  const name = read(context, error, 'name');
  const message = read(context, error, 'message') || readWhole(context, error);
  if (name === 'InternalError' && message === 'out of memory') {
    return refuse(
      `${where}The code needs more than ${limits.memoryMb} MB of memory. Work on less data at once.${shown}`,
    );
  }
  if (/stack overflow|Maximum call stack/.test(message)) {
    return refuse(
      `${where}The code calls itself too deeply, or builds data nested too deeply. Use a loop instead of recursion.${shown}`,
    );
  }
  const hint = findAdvice({ name, message, code });
  const said = `${name === '' ? '' : `${name}: `}${message}`.slice(0, longestMessage);
  return refuse(`${where}${said}${/[.!?]$/.test(said) ? '' : '.'} ${hint}${shown}`);
}

function findAdvice({ name, message, code }: { name: string; message: string; code: string }): string {
  const found =
    advice.find(([pattern]) => pattern.test(message)) ??
    (name === 'SyntaxError' ? adviceOnSyntax.find(([pattern]) => pattern.test(code)) : undefined);
  return found?.[1] ?? 'Correct it and run the whole code again.';
}

const refuse = (detail: string) => new HubError('validation_failed', detail);

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
