import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { HubError, type HubIssue } from '#server/hub-error.ts';
import { listIssues } from '#server/issue-words.ts';

export const mostRows = 5_000;
const deepest = 40;
const largestSide = 4_000;
const mostIssues = 20;
const noMaps = { en: 'Maps are not drawn here.', zh: '这里不绘制地图。' };
const noPictures = {
  en: 'Image marks load pictures; a chart loads nothing.',
  zh: 'image 标记会加载图片；图表不加载任何内容。',
};
const refusedMembers: Record<string, LocalizedText> = {
  url: { en: 'A chart holds its data inline; it loads nothing.', zh: '图表的数据须写在其中；图表不加载任何内容。' },
  href: { en: 'A chart has no links.', zh: '图表没有链接。' },
  loader: { en: 'A chart loads nothing.', zh: '图表不加载任何内容。' },
  bind: { en: 'A chart has no input fields.', zh: '图表没有输入框。' },
  usermeta: { en: 'Leave this out.', zh: '请去掉它。' },
  graticule: noMaps,
  projection: noMaps,
};
const expressionMembers = new Set(['expr', 'calculate', 'filter', 'test', 'signal', 'labelExpr', 'update', 'on']);
const refusedCalls =
  /\b(?:warn|info|debug|modify|setdata|encode|inScope|data|indata|open|screen|containerSize|windowSize|now|random)\s*\(/;
const drawings = ['mark', 'layer', 'hconcat', 'vconcat', 'concat', 'facet', 'repeat'];

const unknownCall = {
  en: 'This expression calls a function that charts here do not have.',
  zh: '该表达式调用了这里的图表没有的函数。',
};

type Report = (path: string, message: LocalizedText) => void;

/**
 * Checks a Vega-Lite specification that a model or a person wrote: inline data only, nothing loaded, linked or bound, sizes
 * and rows within limits.
 *
 * @throws {HubError} `validation_failed`, with all issues and their paths
 */
export function checkSpecification(specification: JsonObject): JsonObject {
  const issues: HubIssue[] = [];
  const report: Report = (path, message) => {
    if (issues.length < mostIssues) issues.push({ path: `specification${path}`, message });
  };
  const schema = specification['$schema'];
  if (typeof schema === 'string' && !schema.includes('/vega-lite/'))
    report('.$schema', { en: 'This is not a Vega-Lite specification.', zh: '这不是 Vega-Lite 图表定义。' });
  if (!drawings.some((name) => name in specification))
    report('', {
      en: `Needs one of ${drawings.join(', ')}.`,
      zh: `需要以下之一：${drawings.join('、')}。`,
    });
  let rows = 0;
  const visit = (value: JsonValue, path: string, name: string, depth: number): void => {
    if (depth > deepest) return report(path, { en: 'Nested too deeply.', zh: '嵌套过深。' });
    if (typeof value === 'string') {
      if (name === 'mark' && value === 'image') report(path, noPictures);
      if (expressionMembers.has(name)) {
        if (value.length > 500)
          report(path, { en: 'An expression has at most 500 characters.', zh: '表达式最多 500 个字符。' });
        if (refusedCalls.test(value)) report(path, unknownCall);
      }
      return;
    }
    if (typeof value === 'number') {
      if ((name === 'width' || name === 'height') && value > largestSide)
        report(path, { en: `At most ${largestSide}.`, zh: `最多 ${largestSide}。` });
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
      else if (name === 'mark' && key === 'type' && member === 'image') report(`${path}.type`, noPictures);
      else if (key === 'sequence') checkSequence(member, `${path}.sequence`, report);
      else visit(member, `${path}.${key}`, key, depth + 1);
    }
  };
  visit(specification, '', '', 0);
  if (rows > mostRows)
    report('.data.values', {
      en: `Has ${rows} rows; at most ${mostRows} are drawn.`,
      zh: `有 ${rows} 行；最多绘制 ${mostRows} 行。`,
    });
  if (issues.length > 0) {
    const list = listIssues(issues);
    throw new HubError(
      'validation_failed',
      { en: `The chart's specification is not valid. ${list.en}`, zh: `图表定义无效。${list.zh}` },
      { errors: issues },
    );
  }
  return specification;
}

function checkSequence(value: JsonValue, path: string, report: Report) {
  const { start, stop, step = 1 } = (value ?? {}) as Record<string, JsonValue>;
  const count = (Number(stop) - Number(start)) / Number(step);
  if (!(Math.abs(count) <= mostRows))
    report(path, { en: `Makes more than ${mostRows} rows.`, zh: `会产生超过 ${mostRows} 行。` });
}
