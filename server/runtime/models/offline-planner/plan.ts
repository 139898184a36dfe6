import type { JsonObject } from '#server/contract/json.ts';
import { continueRequest, foldRequests } from './continue-request.ts';
import { decide, toCallArguments, type Decision } from './decide.ts';
import { goesOn, pointsBack, type Memory } from './fill-arguments.ts';
import { findFollowed } from './follow-transaction.ts';
import { dropHidden, type Found } from './found.ts';
import { isForetold, isSql, type NeededCall, planSql, readDataWish } from './plan-sql.ts';
import { findInAnswer, findInResult } from './prior-values.ts';
import type { RankTools } from './rank-tools.ts';
import { completesWish, readTransactionWish } from './read-transaction-wish.ts';
import { isOfTransfers } from './read-transfer-wish.ts';
import { shareSubject } from './share-subject.ts';
import type { MadeCall, Turn } from './read-turn.ts';
import { findIntendedTool, isDestructive } from './intents.ts';
import { joinAsks, splitAsks, type Ask } from './split-asks.ts';
import { tokenise } from './tokenise.ts';
import type { Parameter, ToolView } from './tool-view.ts';
import { isGreeting, isTableQuestion, type Language } from './wording.ts';

export type Question = { tool: ToolView; missing: Parameter[]; faults: Found[] };
export type Finding = { ask: Ask; tool: ToolView; call: MadeCall };

/** What to do next: call a tool, or answer from what is there. */
export type Plan =
  | { kind: 'call'; tool: ToolView; arguments: JsonObject }
  | { kind: 'answer'; findings: Finding[]; questions: Question[]; said: string[]; unanswered: string[] };

const nothing: Memory = { results: [], earlier: [] };
const mostQuestionsBack = 4;
const longestReply = 300;
const longestChoice = 60;

const namesOf = (rankTools: RankTools) => rankTools('').map(({ tool }) => tool.name);
/** A transaction that was asked for, of which something was not said yet. */
const isOpenWish = ({ ask, missing }: { ask: Ask; missing: number }) =>
  missing > 0 && readTransactionWish(ask) !== null;
const hasWords = ({ words }: Ask) => tokenise(dropHidden(words)).length > 0;

/** Puts together the asks that belong to one call: data that stands apart from the wish, an afterthought to it. */
function groupAsks(asks: Ask[], rankTools: RankTools): { asks: Ask[]; unanswered: string[] } {
  const grouped: { ask: Ask; tool: string; used: number; missing: number }[] = [];
  const unanswered: string[] = [];
  let pending: Ask | null = null;
  const leave = (ask: Ask) => {
    if (hasWords(ask)) unanswered.push(ask.text);
  };
  /** Rows or sources below a wish are what it is about, where its tool takes any. */
  const takesMore = (last: { tool: string; used: number }, joined: Ask) => {
    const together = decide(joined, rankTools, nothing);
    return (
      together?.tool.name === last.tool &&
      together.filling.used.length > last.used &&
      ['table', 'code', 'document'].includes(together.filling.used.at(-1)?.kind ?? '')
    );
  };
  const toEntry = (ask: Ask, { tool, filling }: Decision) => ({
    ask,
    tool: tool.name,
    used: filling.used.length,
    missing: filling.missing.length,
  });
  const spoken = asks.filter(({ text }) => !isGreeting(text));
  for (const ask of shareSubject(spoken, (alone, shared) => needsSubject(alone, shared, rankTools))) {
    const alone = decide(ask, rankTools, nothing);
    const last = grouped.at(-1);
    const isForSql = isForTables(alone, ask) || isForetold(ask, namesOf(rankTools));
    if (!hasRows(asks) && isForSql && readDataWish(ask, namesOf(rankTools)) !== null) {
      if (pending !== null) leave(pending);
      pending = null;
      grouped.push({ ask, tool: 'run-sql', used: ask.found.length, missing: 0 });
      continue;
    }
    if (pending !== null) {
      const joined = joinAsks(pending, ask);
      const together = decide(joined, rankTools, nothing);
      const gains =
        together !== null &&
        (alone === null || !hasWords(ask) || together.filling.used.length > alone.filling.used.length);
      if (gains) grouped.push(toEntry(joined, together));
      else if (alone !== null) {
        leave(pending);
        grouped.push(toEntry(ask, alone));
      }
      pending = gains || alone !== null ? null : joined;
    } else if (last !== undefined && isOpenWish(last) && completesWish(ask)) {
      const joined = joinAsks(last.ask, ask);
      const together = decide(joined, rankTools, nothing);
      if (together !== null) grouped[grouped.length - 1] = toEntry(joined, together);
    } else if (last !== undefined && !hasWords(ask) && takesMore(last, joinAsks(last.ask, ask))) {
      grouped[grouped.length - 1] = { ...last, ask: joinAsks(last.ask, ask) };
    } else if (alone?.filling.missing.length === 0 && (last === undefined || last.missing === 0)) {
      grouped.push(toEntry(ask, alone));
    } else if (last === undefined) {
      if (alone === null) pending = ask;
      else grouped.push(toEntry(ask, alone));
    } else {
      const joined = joinAsks(last.ask, ask);
      const together = decide(joined, rankTools, nothing);
      const isAbout = alone === null && (!hasWords(last.ask) || pointsBack(ask));
      const isSame = together?.tool.name === last.tool && (alone === null || alone.tool.name === last.tool);
      const { used = 0, missing = 0 } = together === null ? {} : toEntry(joined, together);
      const gains =
        isSame &&
        !ask.found.some(goesOn) &&
        (isAbout || used > last.used || missing < last.missing || (alone !== null && missing === 0));
      if (gains && together !== null) grouped[grouped.length - 1] = toEntry(joined, together);
      else if (alone !== null) grouped.push(toEntry(ask, alone));
      else leave(ask);
    }
  }
  if (pending !== null) leave(pending);
  return { asks: grouped.map(({ ask }) => ask), unanswered };
}

/** Whether an ask can be answered with what was named before it, and not without. */
function needsSubject(alone: Ask, shared: Ask, rankTools: RankTools): boolean {
  if (isOfTransfers(shared) && readDataWish(shared, namesOf(rankTools)) !== null) return true;
  const own = decide(alone, rankTools, nothing);
  const together = decide(shared, rankTools, nothing);
  if (together === null || together.filling.missing.length > 0) return false;
  if (own !== null) return own.filling.missing.length > 0;
  return findIntendedTool(namesOf(rankTools), shared) === together.tool.name;
}

/** The asks of the newest message; one that only answers the planner's question is joined to what it was asked about. */
function readAsks(
  request: string,
  requests: string[],
  rankTools: RankTools,
  setting: { now: Date; language: Language },
  depth = 0,
): { asks: Ask[]; unanswered: string[] } {
  const own = groupAsks(splitAsks(request, setting), rankTools);
  const isWhole = areWhole(own.asks, rankTools);
  const [before, ...earlier] = requests;
  const answers = completesTransaction(request, requests, setting);
  if (
    (isWhole && !answers && own.asks.some(hasWords)) ||
    before === undefined ||
    depth >= mostQuestionsBack ||
    request.length > longestReply ||
    isGreeting(request)
  )
    return own;
  const open = readAsks(before, earlier, rankTools, setting, depth + 1).asks.find(
    (ask) => (decide(ask, rankTools, nothing)?.filling.missing.length ?? 0) > 0,
  );
  if (open === undefined) return own;
  const joined = splitAsks(request, setting).reduce(joinAsks, open);
  const asked = decide(open, rankTools, nothing);
  const answered = decide(joined, rankTools, nothing);
  const helps =
    answered !== null &&
    asked !== null &&
    answered.tool.name === asked.tool.name &&
    answered.filling.missing.length < asked.filling.missing.length;
  return helps ? { asks: [joined], unanswered: [] } : own;
}

/** Whether a message only says what a transaction of before may lack. */
function completesTransaction(
  request: string,
  requests: string[],
  setting: { now: Date; language: Language },
): boolean {
  const isWish = (text: string) => splitAsks(text, setting).some((ask) => readTransactionWish(ask) !== null);
  return requests.slice(0, mostQuestionsBack).some(isWish) && splitAsks(request, setting).every(completesWish);
}

/** Whether something of what is asked can be answered as it is. */
function areWhole(asks: Ask[], rankTools: RankTools): boolean {
  return asks.some((ask) => {
    const decision = decide(ask, rankTools, nothing);
    return (
      decision?.filling.missing.length === 0 ||
      (isForTables(decision, ask) && readDataWish(ask, namesOf(rankTools)) !== null)
    );
  });
}

/** The asks of the newest message; where it only adds to the one before, those of both together. */
function readContinued(
  request: string,
  requests: string[],
  rankTools: RankTools,
  setting: { now: Date; language: Language },
  isReply: boolean,
): { asks: Ask[]; unanswered: string[] } {
  const own = readAsks(request, requests, rankTools, setting);
  if (isReply || requests.length === 0 || isGreeting(request)) return own;
  if (completesTransaction(request, requests, setting)) return own;
  const continued = continueRequest(request, foldRequests(requests, setting.now), setting.now);
  if (continued === null) return own;
  const isOwn = own.asks.some((ask) => findIntendedTool(namesOf(rankTools), ask) !== null);
  if (!continued.isSure && areWhole(own.asks, rankTools) && (isOwn || !continued.hasLead)) return own;
  const whole = groupAsks(splitAsks(continued.text, setting), rankTools);
  if (!areWhole(whole.asks, rankTools)) return own;
  return { asks: whole.asks.map((ask) => ({ ...ask, language: setting.language })), unanswered: whole.unanswered };
}

/** Whether the last call already told what is asked of "it" again. */
function isAnswered(findings: Finding[], tool: ToolView, given: JsonObject): boolean {
  const last = findings.at(-1);
  return (
    last?.tool.name === tool.name &&
    Object.entries(given).every(([name, value]) => JSON.stringify(last.call.arguments[name]) === JSON.stringify(value))
  );
}

/**
 * Plans the next step of a turn. The same messages always give the same plan, and calls already made are counted off, so
 * that nothing is called twice.
 */
export function planNext({ turn, rankTools, now }: { turn: Turn; rankTools: RankTools; now: Date }): Plan {
  const tools = namesOf(rankTools);
  const setting = { now, language: turn.language };
  // A short reply to "which column do you mean?" completes what was asked.
  const [before] = turn.requests;
  const completes = before !== undefined && turn.request.length <= longestChoice && isTableQuestion(turn.lastAnswer);
  const said = completes ? `${before.replace(/[?？。.!！\s]+$/, '')} ${turn.request}` : turn.request;
  const { asks, unanswered } = readContinued(said, turn.requests, rankTools, setting, completes);
  const earlier = [
    ...findInAnswer(turn.lastAnswer),
    ...turn.requests.slice(0, 6).flatMap((request) => splitAsks(request, setting).flatMap(({ found }) => found)),
  ];
  const memory: Memory = { results: [], earlier };
  const findings: Finding[] = [];
  const questions: Question[] = [];
  const told: string[] = [];
  const planned = new Set<string>();
  const steps = createSteps(turn.calls);
  const toolOf = (wanted: string) => rankTools('').find(({ tool: { name } }) => name === wanted)?.tool;
  const remember = ({ result }: MadeCall) => {
    if (result !== null && !result.isError) memory.results.unshift(...findInResult(result.text));
  };
  for (const ask of asks) {
    const decision = decide(ask, rankTools, memory);
    if (decision !== null && tableTools.has(decision.tool.name) && isDestructive(ask)) {
      unanswered.push(ask.text);
      continue;
    }
    const isForSql = (isForTables(decision, ask) || isForetold(ask, tools)) && (!hasRows(asks) || isSql(ask));
    const meant = isForSql ? readDataWish(ask, tools) : null;
    if (meant !== null) {
      const planning = planSql(ask, meant);
      let step = planning.next();
      while (step.done !== true) {
        const call = steps.take(step.value);
        const tool = toolOf(step.value.name);
        if (call === null && tool !== undefined) return { kind: 'call', tool, arguments: step.value.arguments };
        step = planning.next(call ?? { ...step.value, result: null });
      }
      const outcome = step.value;
      if (outcome !== null && 'say' in outcome) told.push(outcome.say);
      else if (outcome !== null) {
        const tool = toolOf(outcome.name);
        if (tool !== undefined) findings.push({ ask, tool, call: outcome.call });
        remember(outcome.call);
        if (outcome.note !== undefined && outcome.call.result?.isError === false) told.push(outcome.note);
      }
      if (outcome !== null) continue;
    }
    if (decision === null) {
      unanswered.push(ask.text);
      continue;
    }
    const { tool, filling } = decision;
    if (filling.missing.length > 0) {
      questions.push({ tool, missing: filling.missing, faults: ask.found.filter(({ fault }) => fault !== undefined) });
      continue;
    }
    for (const given of toCallArguments(decision, ask)) {
      const key = JSON.stringify([tool.name, given]);
      if (planned.has(key) || (pointsBack(ask) && isAnswered(findings, tool, given))) continue;
      planned.add(key);
      const call = steps.take({ name: tool.name, arguments: given });
      if (call === null) return { kind: 'call', tool, arguments: given };
      const followed = findFollowed(ask, call);
      const explaining = followed === null ? undefined : toolOf('explain-transaction');
      if (followed !== null && explaining !== undefined) {
        const explained = steps.take({ name: explaining.name, arguments: followed });
        if (explained === null) return { kind: 'call', tool: explaining, arguments: followed };
        findings.push({ ask, tool: explaining, call: explained });
        remember(explained);
        continue;
      }
      findings.push({ ask, tool, call });
      remember(call);
    }
  }
  return { kind: 'answer', findings, questions, said: told, unanswered };
}

/** Counts off what was called; what was listed once is not listed again. */
function createSteps(calls: MadeCall[]) {
  let at = 0;
  const taken: MadeCall[] = [];
  return {
    take: ({ name, arguments: given }: NeededCall): MadeCall | null => {
      const known = taken.find(
        (call) =>
          call.name === name && name === 'list-tables' && JSON.stringify(call.arguments) === JSON.stringify(given),
      );
      if (known !== undefined) return known;
      const call = calls[at];
      if (call === undefined) return null;
      at += 1;
      taken.push(call);
      return call;
    },
  };
}

/** `schema.table`, as only tables are named. */
const namesTable = ({ words }: Ask) => /(?<![\w./@-])[a-z]\w*\.[a-z]\w*(?:_\w+|s)\b/.test(words);
/** Rows that stand in a question are no table of the hub. */
const hasRows = (asks: Ask[]) =>
  asks.some(({ found }) => found.some(({ kind }) => kind === 'table' || kind === 'json'));

const tableTools = new Set([
  'list-tables',
  'find-queries',
  'run-sql',
  'list-dashboards',
  'profile-table',
  'forecast',
  'indicators',
]);

/** What is to happen, and not what has been. */
const ahead = new Set(['create-alert', 'list-alerts', 'propose-transaction', 'simulate-call']);

/** Whether nothing else claims an ask: no tool, one of tables, or one that the ask gives nothing certain for. */
function isForTables(decision: Decision | null, ask: Ask): boolean {
  if (decision?.tool.name === 'propose-transaction' && readTransactionWish(ask) !== null) return false;
  if (isOfTransfers(ask) && !ahead.has(decision?.tool.name ?? '')) return true;
  if (decision === null || tableTools.has(decision.tool.name) || isSql(ask) || namesTable(ask)) return true;
  const { filling } = decision;
  return filling.certain === 0 && !ask.found.some(({ kind }) => kind === 'table') && filling.missing.length > 0;
}
