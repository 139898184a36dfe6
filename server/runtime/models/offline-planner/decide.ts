import type { JsonObject } from '#server/contract/json.ts';
import { readAuditTopic } from './audit-topic.ts';
import { fillAlert } from './fill-alert.ts';
import { fillPair } from './fill-pair.ts';
import { fillRange } from './fill-range.ts';
import { fillRank } from './fill-rank.ts';
import { fillTransaction } from './fill-transaction.ts';
import { fillArguments, type Filling, type Memory } from './fill-arguments.ts';
import { findIntendedTool, isUnnamed } from './intents.ts';
import type { Rank, RankTools } from './rank-tools.ts';
import type { Ask } from './split-asks.ts';
import { toArgument } from './to-argument.ts';
import type { Parameter, ToolView } from './tool-view.ts';

/** The tool that an ask is for, with its arguments as far as they are known. */
export type Decision = { tool: ToolView; parameters: Parameter[]; filling: Filling };

const chartWish = /\b(?:chart|plot|graph|diagram)|图表|柱|折线|饼图|散点|面积图|可视化/i;
const beside = /(?:\b(?:and|or|vs\.?|versus|with)\b|[,，、和与跟])\s*(?:the\s+)?$/i;
const searchName = /knowledge|document|docs|faq|retriev|知识|资料/i;
const mostCallsMore = 4;
/** Words that the tool must know of an ask before a tool that needs nothing certain is called. */
const leastCoverage = 0.25;

type Candidate = { rank: Rank; parameters: Parameter[]; filling: Filling; isIntended: boolean };

/** What reads its arguments from the words by itself. */
const fillers: Partial<Record<string, typeof fillAlert>> = {
  'create-alert': fillAlert,
  'propose-transaction': fillTransaction,
  'pool-yield': fillPair,
  'audit-contract': fillTopic,
  'audit-deployed-contract': fillTopic,
};

function fillBest(tool: ToolView, ask: Ask, memory: Memory): { parameters: Parameter[]; filling: Filling } {
  const fillings = tool.shapes.map((parameters) => {
    const filling = fillRank(parameters, ask, fillRange(parameters, ask, fillArguments(parameters, ask, memory)));
    const fill = fillers[tool.name];
    return { parameters, filling: fill === undefined ? filling : fill(parameters, ask, filling) };
  });
  const worth = ({ filling }: { filling: Filling }) =>
    filling.certain * 2 + filling.used.length - filling.missing.length * 1.5;
  return fillings.reduce((best, next) => (worth(next) > worth(best) ? next : best));
}

/** An audit of which one matter is asked says that first, and no more. */
function fillTopic(parameters: Parameter[], ask: Ask, filling: Filling): Filling {
  const { topic: _guessed, ...given } = filling.arguments;
  const topic = parameters.some(({ name }) => name === 'topic') ? readAuditTopic(ask) : null;
  return { ...filling, arguments: topic === null ? given : { ...given, topic } };
}

const isDrawn = ({ wish }: Parameter) => wish === 'column' || wish === 'specification';

/** Whether there is reason enough to call the tool, or to ask for what it lacks. */
function isMeant({ rank, parameters, filling, isIntended }: Candidate, ask: Ask): boolean {
  // Code is given or it is not; the planner neither writes it nor asks for it.
  if (filling.missing.some(({ wish }) => wish === 'script')) return false;
  if (isUnnamed(rank.tool.name, ask)) return false;
  // Rows can be drawn, foretold or explored: they alone do not say which.
  const hasOnlyRows =
    filling.used.length > 0 && filling.used.every(({ kind }) => kind === 'table') && !parameters.some(isDrawn);
  if ((filling.certain > 0 && (!hasOnlyRows || rank.nameHits > 0)) || isIntended) return true;
  const wantsWords = parameters.some(({ wish, required }) => required && wish === 'free-text');
  if (rank.nameHits > 0) return wantsWords || filling.used.length > 0 || rank.coverage >= leastCoverage;
  if (parameters.some(isDrawn) && chartWish.test(ask.words)) return true;
  const takesFigures = filling.used.some(({ kind }) => kind !== 'quoted' && kind !== 'number');
  if (takesFigures && rank.score > 0) return true;
  return rank.textHits >= 2 && rank.coverage >= 0.5;
}

function weigh({ rank, parameters, filling, isIntended }: Candidate, ask: Ask): number {
  const draws = parameters.some(isDrawn) && chartWish.test(ask.words);
  const drawn = draws ? (filling.used.some(({ kind }) => kind === 'table') ? 12 : 6) : 0;
  // What is wanted in plain words is asked about, however little of it was said.
  const isPlain = isIntended && fillers[rank.tool.name] !== undefined;
  const plainMissing = isPlain ? 0 : filling.missing.filter(({ wish }) => wish !== 'free-text').length;
  const weak = filling.used.filter((found) => found.weak === true).length;
  return (
    rank.score * 4 +
    filling.certain * 4 +
    rank.nameHits * 2 +
    filling.used.length * 0.5 +
    drawn +
    (isIntended ? 12 : 0) -
    plainMissing * 2 -
    weak
  );
}

/** Picks the tool that an ask is for, or null when none fits. */
export function decide(ask: Ask, rankTools: RankTools, memory: Memory): Decision | null {
  const ranks = rankTools(ask.terms);
  const intended = findIntendedTool(
    ranks.map(({ tool }) => tool.name),
    ask,
  );
  const candidates = ranks.map((rank): Candidate => ({
    rank,
    ...fillBest(rank.tool, ask, memory),
    isIntended: rank.tool.name === intended,
  }));
  const meant = candidates.filter((candidate) => isMeant(candidate, ask));
  const best = meant.reduce<Candidate | null>(
    (top, next) => (top === null || weigh(next, ask) > weigh(top, ask) ? next : top),
    null,
  );
  const chosen =
    best ??
    candidates.find(
      ({ rank: { tool }, parameters, filling }) =>
        isSearch(tool, parameters) && filling.missing.length === 0 && isQuestion(ask),
    ) ??
    null;
  return chosen === null ? null : { tool: chosen.rank.tool, parameters: chosen.parameters, filling: chosen.filling };
}

/** A search in the agent's own knowledge takes questions that nothing else takes. */
function isSearch({ name, description }: ToolView, parameters: Parameter[]): boolean {
  const required = parameters.filter((parameter) => parameter.required);
  return searchName.test(`${name} ${description}`) && required.length === 1 && required[0]?.wish === 'free-text';
}

function isQuestion({ words }: Ask): boolean {
  return /[?？]|^\s*(?:what|how|why|who|when|where|which|is|are|can|does|do|tell|explain)\b|什么|怎么|如何|为什么|哪|谁|吗|介绍/i.test(
    words,
  );
}

/** The calls of a decision: one, or one for each further value of the same kind ("balance of 0xA and 0xB"). */
export function toCallArguments({ parameters, filling }: Decision, ask: Ask): JsonObject[] {
  const first = filling.used.find(({ kind }) =>
    ['address', 'ens-name', 'hash', 'url', 'time-zone', 'expression', 'token'].includes(kind),
  );
  const parameter = parameters.find(({ name }) => first !== undefined && filling.arguments[name] === first.value);
  if (first === undefined || parameter === undefined) return [filling.arguments];
  const more = ask.found.flatMap((found) => {
    if (filling.used.includes(found) || found.weak === true) return [];
    // Tokens side by side are several; one behind another may be what it is traded for.
    if (found.kind === 'token' && (parameter.required !== true || !beside.test(found.before ?? ''))) return [];
    const value = toArgument(found, parameter, null);
    return value === undefined || (parameter.wish === 'expression' && found.kind !== 'expression')
      ? []
      : [{ ...filling.arguments, [parameter.name]: value }];
  });
  return [filling.arguments, ...more.slice(0, mostCallsMore)];
}
