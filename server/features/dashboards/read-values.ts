import { createHash } from 'node:crypto';
import { type DataWidget, type DashboardContent, ParameterValues } from '#server/contract/dashboard.ts';
import { dashboardInvalid, valueNotOffered } from './dashboard-errors.ts';

/** Combinations of offered values that a refresh runs at most; with more, only those that somebody asks for are run. */
const mostCombinations = 12;

/** @throws {HubError} `validation_failed` */
export function parseValues(text: string | undefined): ParameterValues {
  if (text === undefined || text === '') return {};
  try {
    return ParameterValues.parse(JSON.parse(text));
  } catch {
    throw dashboardInvalid([
      {
        path: 'query.values',
        message: {
          en: 'Send a JSON object of texts, such as {"chain":"1"}.',
          zh: '请发送值为文本的 JSON 对象，例如 {"chain":"1"}。',
        },
      },
    ]);
  }
}

/**
 * A value for each parameter of a dashboard, those that are not given by their default.
 *
 * @throws {HubError} `validation_failed` with all issues; `forbidden` where others than the owner leave what is offered
 */
export function fillValues(
  { parameters }: Pick<DashboardContent, 'parameters'>,
  given: ParameterValues,
  { isOwner }: { isOwner: boolean },
): ParameterValues {
  const issues = Object.keys(given)
    .filter((name) => !parameters.some((parameter) => parameter.name === name))
    .map((name) => ({
      path: `values.${name}`,
      message: { en: `The dashboard has no parameter "${name}".`, zh: `仪表板没有参数“${name}”。` },
    }));
  const filled = parameters.map(({ name, type, value, options }) => {
    const chosen = given[name] ?? value;
    if (type === 'enum' && chosen !== value && !options.includes(chosen))
      issues.push({
        path: `values.${name}`,
        message: {
          en: `"${name}" is one of ${options.join(', ')}.`,
          zh: `“${name}”只能是 ${options.join('、')} 之一。`,
        },
      });
    if (type !== 'enum' && chosen !== value && !isOwner) throw valueNotOffered();
    return [name, chosen] as const;
  });
  if (issues.length > 0) throw dashboardInvalid(issues);
  return Object.fromEntries(filled);
}

/** Every combination of the values that a dashboard offers; only the defaults where these are too many. */
export function listCombinations({ parameters }: Pick<DashboardContent, 'parameters'>): ParameterValues[] {
  const offered = parameters.map(({ name, type, value, options }) => ({
    name,
    values: type === 'enum' ? [...new Set([value, ...options])] : [value],
  }));
  const count = offered.reduce((product, { values }) => product * values.length, 1);
  const chosen =
    count <= mostCombinations ? offered : offered.map(({ name, values }) => ({ name, values: values.slice(0, 1) }));
  return chosen.reduce<ParameterValues[]>(
    (all, { name, values }) => all.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Under what a widget's result is kept; without values, for a query that has none of the parameters. */
export function toResultKey(widget: DataWidget, values: ParameterValues): string {
  const sorted = Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1));
  const shown = widget.kind === 'chart' ? widget.view : widget.kind === 'table' ? widget.columns : widget.column;
  return createHash('sha256')
    .update(JSON.stringify([widget.query, shown, sorted]))
    .digest('base64url')
    .slice(0, 32);
}

/** Those under which a widget's result of some values may be, the likelier first. */
export const listResultKeys = (widget: DataWidget, values: ParameterValues): string[] => [
  toResultKey(widget, values),
  toResultKey(widget, {}),
];
