import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { type Finding, type Plan, planNext } from './plan.ts';
import type { RankTools } from './rank-tools.ts';
import { readDashboardWish } from './read-dashboard-wish.ts';
import { readMembers } from './read-members.ts';
import type { Turn } from './read-turn.ts';
import { toSqlKind } from './sql-schema.ts';
import { detectLanguage, isDashboardQuestion, wordsOf } from './wording.ts';

const listTool = 'list-dashboards';
const saveTool = 'save-to-dashboard';
const longestName = 120;

/**
 * Plans a turn in which a result is to be kept on a dashboard: first what brings the result, then the call that keeps it.
 * What was asked before is asked again where the person only points at it, since results live no longer than their turn.
 */
export function planWithDashboard({ turn, rankTools, now }: { turn: Turn; rankTools: RankTools; now: Date }): Plan {
  const offered = rankTools('').map(({ tool }) => tool);
  const save = offered.find(({ name }) => name === saveTool);
  const [before, ...earlier] = turn.requests;
  const isReply = before !== undefined && isDashboardQuestion(turn.lastAnswer) && turn.request.length <= longestName;
  const request = isReply ? before : turn.request;
  const wish = save === undefined ? null : readDashboardWish(request);
  if (save === undefined || wish === null) return planNext({ turn, rankTools, now });

  const language = detectLanguage(request, turn.language);
  const words = wordsOf(language);
  const say = (text: string, findings: Finding[] = []): Plan => ({
    ...{ kind: 'answer', findings, questions: [], said: [text], unanswered: [] },
  });
  const requests = isReply ? earlier : turn.requests;
  const at = requests.findIndex((one) => readDashboardWish(one)?.about !== '');
  const previous = requests[at];
  const about =
    wish.about === '' && previous !== undefined ? (readDashboardWish(previous)?.about ?? previous) : wish.about;
  if (about === '') return say(words.nothingToKeep);
  const base = planNext({
    turn: { ...turn, request: about, requests: wish.about === '' ? requests.slice(at + 1) : requests, lastAnswer: '' },
    ...{ rankTools, now },
  });
  if (base.kind === 'call') return base;
  const brought = base.findings.findLast(({ tool }) => tool.name === 'run-sql');
  const result = brought === undefined ? null : readMembers(brought.call);
  const execution = result?.['execution'];
  if (brought === undefined || typeof execution !== 'string')
    return base.findings.length + base.said.length + base.questions.length > 0 && brought !== undefined
      ? base
      : { ...base, said: [...base.said, words.nothingToKeep], unanswered: [] };

  let name = isReply ? turn.request.replaceAll(/^["“”'「『]+|["“”'」』.。]+$/g, '').trim() : wish.name;
  const list = offered.find((tool) => tool.name === listTool);
  if (name === null && list !== undefined) {
    const listed = turn.calls.find((call) => call.name === listTool);
    if (listed === undefined) return { kind: 'call', tool: list, arguments: {} };
    const names = readNames(readMembers(listed)?.['dashboards']);
    if (names.length > 1) return say(words.whichDashboard(names));
    name = names[0] ?? null;
  }
  const title = toTitle(brought, about);
  const made = turn.calls.find((call) => call.name === saveTool);
  const given = { dashboard: name ?? words.newDashboard, title, execution, ...toShow(brought, result, wish.kind) };
  if (made === undefined) return { kind: 'call', tool: save, arguments: given };
  const shown = wish.about === '' ? [] : base.findings;
  const saved = readMembers(made);
  if (saved === null || typeof saved['dashboard'] !== 'string' || typeof saved['name'] !== 'string') {
    const finding = { ask: brought.ask, tool: save, call: made };
    return { ...base, findings: [...shown, finding] };
  }
  return say(words.onDashboard(title, saved['name'], saved['dashboard']), shown);
}

const readNames = (dashboards: JsonValue | undefined): string[] =>
  (Array.isArray(dashboards) ? dashboards : [])
    .filter(isObject)
    .flatMap(({ name }) => (typeof name === 'string' ? [name] : []));

function toTitle({ call }: Finding, about: string): string {
  const { chart } = call.arguments;
  const drawn = isObject(chart) && typeof chart['title'] === 'string' ? chart['title'] : about;
  return drawn
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s?？.。!！,，]+$/, '')
    .slice(0, longestName);
}

/** As it was drawn, or as its columns suggest: one figure, figures over time or by a name, else a table. */
function toShow({ call }: Finding, result: JsonObject | null, wished: string | null): JsonObject {
  if (wished === 'table') return { kind: 'table' };
  const { chart } = call.arguments;
  if (isObject(chart)) {
    const { kind, x, y, series } = chart;
    return {
      kind: wished ?? kind ?? 'bar',
      ...{ x: x ?? null, y: y ?? [] },
      ...(series === undefined ? {} : { series }),
    };
  }
  const columns = (Array.isArray(result?.['columns']) ? result['columns'] : []).filter(isObject).map((column) => ({
    name: typeof column['name'] === 'string' ? column['name'] : '',
    kind: toSqlKind(typeof column['type'] === 'string' ? column['type'] : ''),
  }));
  const figure = columns.findLast(({ kind }) => kind === 'number')?.name;
  const across = columns.find(({ name }) => name !== figure);
  if (figure === undefined) return { kind: 'table' };
  if (wished === 'counter' || (across === undefined && result?.['total'] === 1))
    return { kind: 'counter', y: [figure] };
  if (across === undefined) return { kind: 'table' };
  return { kind: wished ?? (across.kind === 'time' ? 'line' : 'bar'), x: across.name, y: [figure] };
}
