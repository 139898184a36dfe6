import { setImmediate } from 'node:timers/promises';
import type {
  CheckGuardsInput,
  Guard,
  GuardFinding,
  GuardSide,
  GuardTime,
  GuardVerdict,
} from '#server/contract/guard.ts';
import { createTopicDetector } from './blocked-topics.ts';
import type { Detector, FoundText } from './found-text.ts';
import { createJailbreakDetector } from './jailbreak.ts';
import { createSchemaDetector } from './json-schema.ts';
import { createLengthDetector } from './maximum-length.ts';
import { createPersonalDataDetector } from './personal-data.ts';
import { createSecretDetector } from './secrets.ts';
import { type Language, toMark } from './mark.ts';

/** A guard with what finds its matter. */
export type ActiveGuard = { guard: Guard; detector: Detector };
export type GuardedPlace = FoundText & { guard: Guard };

/** Kept, because the runs of one version have the same guards, and a detector remembers nothing. */
const detectors = new WeakMap<Guard, Detector>();

/** The guards that look at one side. */
export function activateGuards(guards: readonly Guard[], side: GuardSide): ActiveGuard[] {
  return guards.filter(({ when }) => isAt(when, side)).map((guard) => ({ guard, detector: findDetector(guard) }));
}

function isAt(when: GuardTime, side: GuardSide): boolean {
  const isTalk = side === 'input' || side === 'output';
  return when === side || when === 'everywhere' || (when === 'both' && isTalk);
}

function findDetector(guard: Guard): Detector {
  const found = detectors.get(guard) ?? createDetector(guard);
  detectors.set(guard, found);
  return found;
}

function createDetector(guard: Guard): Detector {
  switch (guard.kind) {
    case 'blocked-topics':
      return createTopicDetector(guard.words);
    case 'personal-data':
      return createPersonalDataDetector(guard.types);
    case 'secrets':
      return createSecretDetector();
    case 'jailbreak':
      return createJailbreakDetector();
    case 'maximum-length':
      return createLengthDetector(guard.characters);
    case 'json-schema':
      return createSchemaDetector(guard.schema);
  }
}

/** What guards make of a whole text. Pure; every guard looks at the text as it came. */
export function checkText(active: readonly ActiveGuard[], text: string, language: Language): GuardVerdict {
  return toVerdict(findPlaces(active, text), text, language);
}

function toVerdict(places: GuardedPlace[], text: string, language: Language): GuardVerdict {
  const isRefused = places.some(({ guard }) => guard.action === 'refuse');
  return {
    isRefused,
    text: isRefused ? '' : maskPlaces(text, places, language),
    findings: toFindings(places),
  };
}

/** The same for a text that may be long: others get their turn between two guards. */
export async function checkLongText(
  active: readonly ActiveGuard[],
  text: string,
  language: Language,
): Promise<GuardVerdict> {
  const places: GuardedPlace[][] = [];
  for (const one of active) {
    await setImmediate();
    places.push(findPlaces([one], text));
  }
  return toVerdict(places.flat().sort(inOrder), text, language);
}

/** What guards would do to a text of one side. */
export function checkGuards({ guards, text, side }: CheckGuardsInput, language: Language): GuardVerdict {
  return checkText(activateGuards(guards, side), text, language);
}

/** Everything that guards find, in the order of the text. */
export function findPlaces(active: readonly ActiveGuard[], text: string): GuardedPlace[] {
  return active
    .flatMap(({ guard, detector }) => detector.find(text).map((place) => ({ ...place, guard })))
    .sort(inOrder);
}

const inOrder = (one: FoundText, other: FoundText) => one.start - other.start || other.end - one.end;

/** The text from `from` to `to` with a mark in the place of all that was found; places that overlap are one. */
export function maskPlaces(
  text: string,
  places: readonly FoundText[],
  language: Language,
  { from = 0, to = text.length }: { from?: number; to?: number } = {},
): string {
  let shown = '';
  let at = from;
  for (const { start, end, what } of places) {
    if (end <= at) continue;
    if (start >= to) break;
    if (start >= at) shown += text.slice(at, start) + toMark(what, language);
    at = end;
  }
  return at < to ? shown + text.slice(at, to) : shown;
}

/** What was found, a line a guard, without the text itself. */
export function toFindings(places: readonly Pick<GuardedPlace, 'guard' | 'what'>[]): GuardFinding[] {
  const byGuard = new Map<Guard, GuardFinding>();
  for (const { guard, what } of places) {
    const finding = byGuard.get(guard) ?? { guard: guard.kind, action: guard.action, what: [], count: 0 };
    if (!finding.what.includes(what)) finding.what.push(what);
    finding.count += 1;
    byGuard.set(guard, finding);
  }
  return [...byGuard.values()];
}
