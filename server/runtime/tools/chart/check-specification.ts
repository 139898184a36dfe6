import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { HubError } from '#server/hub-error.ts';

export const mostRows = 5_000;
const deepest = 40;
const largestSide = 4_000;
const mostIssues = 20;
const refusedMembers: Record<string, string> = {
  url: 'A chart holds its data inline; it loads nothing.',
  href: 'A chart has no links.',
  loader: 'A chart loads nothing.',
  bind: 'A chart has no input fields.',
  usermeta: 'Leave this out.',
  graticule: 'Maps are not drawn here.',
  projection: 'Maps are not drawn here.',
};
const expressionMembers = new Set(['expr', 'calculate', 'filter', 'test', 'signal', 'labelExpr', 'update', 'on']);
const refusedCalls =
  /\b(?:warn|info|debug|modify|setdata|encode|inScope|data|indata|open|screen|containerSize|windowSize|now|random)\s*\(/;
const drawings = ['mark', 'layer', 'hconcat', 'vconcat', 'concat', 'facet', 'repeat'];

/**
 * Checks a Vega-Lite specification that a model or a person wrote: inline data only, nothing loaded, linked or bound, sizes
 * and rows within limits.
 *
 * @throws {HubError} `validation_failed`, with all issues and their paths
 */
export function checkSpecification(specification: JsonObject): JsonObject {
  const issues: ProblemIssue[] = [];
  const report = (path: string, message: string) => {
    if (issues.length < mostIssues) issues.push({ path: `specification${path}`, message });
  };
  const schema = specification['$schema'];
  if (typeof schema === 'string' && !schema.includes('/vega-lite/'))
    report('.$schema', 'This is not a Vega-Lite specification.');
  if (!drawings.some((name) => name in specification)) report('', `Needs one of ${drawings.join(', ')}.`);
  let rows = 0;
  const visit = (value: JsonValue, path: string, name: string, depth: number): void => {
    if (depth > deepest) return report(path, 'Nested too deeply.');
    if (typeof value === 'string') {
      if (name === 'mark' && value === 'image') report(path, 'Image marks load pictures; a chart loads nothing.');
      if (expressionMembers.has(name)) {
        if (value.length > 500) report(path, 'An expression has at most 500 characters.');
        if (refusedCalls.test(value)) report(path, 'This expression calls a function that charts here do not have.');
      }
      return;
    }
    if (typeof value === 'number') {
      if ((name === 'width' || name === 'height') && value > largestSide) report(path, `At most ${largestSide}.`);
      return;
    }
    if (value === null || typeof value === 'boolean') return;
    if (Array.isArray(value)) {
      if (name === 'values') rows += value.length;
      // Rows are data: their members mean nothing to the chart, so that a column may be called "url".
      if (name !== 'values') value.forEach((member, index) => visit(member, `${path}.${index}`, name, depth + 1));
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      if (name === 'datasets') {
        visit(member, `${path}.${key}`, 'values', depth + 1);
        continue;
      }
      const refusal = Object.hasOwn(refusedMembers, key) ? refusedMembers[key] : undefined;
      if (refusal !== undefined) report(`${path}.${key}`, refusal);
      else if (name === 'mark' && key === 'type' && member === 'image')
        report(`${path}.type`, 'Image marks load pictures; a chart loads nothing.');
      else if (key === 'sequence') checkSequence(member, `${path}.sequence`, report);
      else visit(member, `${path}.${key}`, key, depth + 1);
    }
  };
  visit(specification, '', '', 0);
  if (rows > mostRows) report('.data.values', `Has ${rows} rows; at most ${mostRows} are drawn.`);
  if (issues.length > 0) {
    const list = issues.map(({ path, message }) => `${path}: ${message}`).join(' ');
    throw new HubError('validation_failed', `The chart's specification is not valid. ${list}`, { errors: issues });
  }
  return specification;
}

function checkSequence(value: JsonValue, path: string, report: (path: string, message: string) => void) {
  const { start, stop, step = 1 } = (value ?? {}) as Record<string, JsonValue>;
  const count = (Number(stop) - Number(start)) / Number(step);
  if (!(Math.abs(count) <= mostRows)) report(path, `Makes more than ${mostRows} rows.`);
}
