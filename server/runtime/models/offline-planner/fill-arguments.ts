import type { JsonObject } from '#server/contract/json.ts';
import { fillChart, lacksData } from './fill-chart.ts';
import { dropHidden, type Found, type FoundKind } from './found.ts';
import { toFreeText } from './free-text.ts';
import { joinSolidity } from './join-solidity.ts';
import { isNamedFor } from './name-hints.ts';
import { previousResult } from './parse-arithmetic.ts';
import { pickChoice } from './pick-choice.ts';
import type { Ask } from './split-asks.ts';
import { kindsFor, toArgument } from './to-argument.ts';
import type { Parameter } from './tool-view.ts';

/** What else may fill a parameter, beside the ask itself. */
export type Memory = {
  /** From earlier steps of this turn, newest first. */
  results: Found[];
  /** From earlier messages, newest first; used only where the ask points back ("it", "那个"). */
  earlier: Found[];
};

export type Filling = {
  arguments: JsonObject;
  missing: Parameter[];
  /** Things of the ask that went into the arguments. */
  used: Found[];
  /** How many of them leave no doubt which tool is meant: an address, a link, a sum, a table. */
  certain: number;
};

const certainKinds = new Set<FoundKind>(['address', 'ens-name', 'hash', 'url', 'email', 'expression', 'table', 'json']);
const backward =
  /\b(?:it|its|that|this|them|these|those|same|again|instead|now|result|first|net worth|total value)\b|(?:总共|一共)值|总价?值|它|其|这个|那个|这些|那些|该|上面|刚才|结果|同样|再|改成|换成/i;
/** A second parameter of these kinds is filled only when the words name it; more values mean more calls. */
const perCall = new Set<FoundKind>([
  'address',
  'ens-name',
  'hash',
  'url',
  'time-zone',
  'expression',
  'email',
  'token',
  'chain',
]);

/** Fills a tool's parameters from an ask by what the schema says of them. Never makes up a value. */
export function fillArguments(parameters: Parameter[], ask: Ask, memory: Memory): Filling {
  const isBack = pointsBack(ask);
  const given: JsonObject = {};
  const used: Found[] = [];
  const previous =
    memory.results.find(({ kind }) => kind === 'number')?.text ??
    memory.earlier.find(({ kind }) => kind === 'number')?.text ??
    null;
  const take = (parameter: Parameter, found: Found): boolean => {
    const value = toArgument(found, parameter, previous);
    if (value === undefined) return false;
    given[parameter.name] = value;
    used.push(found);
    return true;
  };
  const isFree = (found: Found) => !used.includes(found) || found.kind === 'duration';
  const ordered = [...parameters].sort((one, other) => Number(other.required) - Number(one.required));

  takeObject(parameters, ask, given, used);
  const open = () => ordered.filter(({ name }) => given[name] === undefined);
  const named = new Set<string>();
  for (const parameter of open()) {
    if (ask.found.some((found) => isFree(found) && isNamedFor(found, parameter) && take(parameter, found))) {
      named.add(parameter.name);
    }
  }
  for (const parameter of open()) takeUnnamed(parameter);

  const tables = [...ask.found, ...memory.results, ...(isBack ? memory.earlier : [])].filter(
    ({ kind }) => kind === 'table',
  );
  const columns = fillChart({ parameters, ask, given, used, table: tables[0] ?? null });
  for (const parameter of open()) {
    const choice = pickChoice(parameter, ask, columns?.ordered ?? null);
    if (choice !== undefined) given[parameter.name] = choice;
  }
  for (const parameter of open()) takeWords(parameter);
  takeMoreChains();
  takeMoreSources();
  if (memory.results.length > 0 || isBack) {
    for (const parameter of open().filter(({ required }) => required)) takeRemembered(parameter);
  }
  // What is said of an address of before is said of its chain, too.
  if (isBack && memory.earlier.some(({ kind, value }) => kind === 'address' && Object.values(given).includes(value)))
    for (const parameter of open().filter(({ wish }) => wish === 'chain' || wish === 'chains'))
      takeRemembered(parameter);

  /** A chain that is named but not known is asked about again, never replaced by the default. */
  function isNeeded({ required, wish }: Parameter): boolean {
    return required || (wish === 'chain' && ask.found.some(({ kind }) => kind === 'chain'));
  }

  function takeUnnamed(parameter: Parameter) {
    const hasAddress = parameters.some(({ wish }) => wish === 'address');
    const rival = parameters.find(
      ({ name, wish }) =>
        name !== parameter.name && wish === parameter.wish && given[name] !== undefined && !named.has(name),
    );
    for (const found of ask.found) {
      if (!isFree(found) || given[parameter.name] !== undefined) continue;
      if (found.kind === 'address' && parameter.wish === 'token' && hasAddress) continue;
      if (found.kind === 'quoted' && parameter.wish === 'free-text' && !parameter.required) continue;
      if (
        ['number', 'amount', 'top', 'token-id'].includes(parameter.wish) &&
        found.kind === 'number' &&
        !parameter.required
      )
        continue;
      if (!parameter.required && rival !== undefined && perCall.has(found.kind)) continue;
      take(parameter, found);
    }
  }

  function takeMoreChains() {
    for (const parameter of parameters.filter(({ wish }) => wish === 'chains')) {
      const all = ask.found
        .filter(({ kind }) => kind === 'chain')
        .flatMap((found) => toArgument(found, parameter, null) ?? []);
      if (all.length > 1) given[parameter.name] = [...new Set(all)];
    }
  }

  /** Contracts that belong together stand in a block each. */
  function takeMoreSources() {
    const parameter = parameters.find(({ name, wish }) => wish === 'code' && given[name] !== undefined);
    const all = parameter === undefined ? null : joinSolidity(ask.found);
    if (parameter === undefined || all === null || !all.joined.some(({ value }) => value === given[parameter.name]))
      return;
    given[parameter.name] = all.source;
    used.push(...all.joined.filter((found) => !used.includes(found)));
  }

  function takeWords(parameter: Parameter) {
    if (parameter.wish !== 'free-text' || !parameter.required) return;
    const rest = toFreeText(ask.text, parameter.name);
    if (rest !== '') given[parameter.name] = rest;
  }

  function takeRemembered(parameter: Parameter) {
    const kinds = new Set<FoundKind>(kindsFor(parameter));
    for (const found of [...memory.results, ...(isBack ? memory.earlier : [])]) {
      const value =
        found.kind !== 'quoted' && kinds.has(found.kind) ? toArgument(found, parameter, previous) : undefined;
      if (value === undefined) continue;
      given[parameter.name] = value;
      return;
    }
  }

  const data = lacksData(parameters, given);
  const missing =
    data !== null
      ? [data]
      : parameters.filter((parameter) => given[parameter.name] === undefined && isNeeded(parameter));
  const certain = used.filter((found) => certainKinds.has(found.kind) && found.weak !== true).length;
  const waits = missing.some(({ wish }) => wish === 'expression') && ask.found.some(goesOn);
  return { arguments: given, missing, used, certain: certain + Number(waits) };
}

/** Whether an ask speaks of something said before: "it", "again", "那个". */
export function pointsBack({ words }: Ask): boolean {
  return backward.test(dropHidden(words));
}

/** An expression that starts from the result of an earlier step. */
export function goesOn({ kind, value }: Found): boolean {
  return kind === 'expression' && typeof value === 'string' && value.includes(previousResult);
}

/** A JSON object whose members are all parameters is the arguments, as they stand. */
function takeObject(parameters: Parameter[], ask: Ask, given: JsonObject, used: Found[]) {
  const names = new Set(parameters.map(({ name }) => name));
  for (const found of ask.found) {
    if (found.kind !== 'json' || found.value === null || typeof found.value !== 'object' || Array.isArray(found.value))
      continue;
    const members = Object.entries(found.value);
    if (members.length === 0 || !members.every(([name]) => names.has(name))) continue;
    for (const [name, value] of members) given[name] = value;
    used.push(found);
  }
}
