import type { Guard, GuardFinding } from '#server/contract/guard.ts';
import type { JsonValue } from '#server/contract/json.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { type ActiveGuard, activateGuards, checkText, toFindings } from './check-text.ts';
import { guardRefused } from './guard-errors.ts';
import { joinFindings } from './guard-input.ts';
import { createStreamGuard, type Release } from './guard-stream.ts';
import type { Language } from './mark.ts';
import { maskJson } from './mask-json.ts';

type Spoken = 'text-delta' | 'reasoning-delta';

/**
 * Holds what an agent says to its guards: its text and its reasoning, while they are streamed, and the JSON of an agent that
 * promises some. What was masked is told at the end, a refusal at once; then the model's stream is let go.
 *
 * @throws {HubError} `guard_refused`, after all that may be shown was shown
 */
export function guardOutput<Outcome extends { output?: string }>(
  events: AsyncGenerator<RunEvent, Outcome>,
  { guards, language }: { guards: readonly Guard[]; language: Language },
): AsyncGenerator<RunEvent, Outcome> {
  const active = activateGuards(guards, 'output');
  // Each generator around another costs every piece of text some promises.
  return active.length === 0 ? events : guardWith(active, events, language);
}

async function* guardWith<Outcome extends { output?: string }>(
  active: ActiveGuard[],
  events: AsyncGenerator<RunEvent, Outcome>,
  language: Language,
): AsyncGenerator<RunEvent, Outcome> {
  const findings: GuardFinding[] = [];
  let shown = '';
  const streams = {
    'text-delta': createStreamGuard(active, language),
    'reasoning-delta': createStreamGuard(withoutLength(active), language),
  };

  function* show(type: Spoken, { text, places, isRefused }: Release): Generator<RunEvent> {
    findings.push(...toFindings(places));
    if (type === 'text-delta') shown += text;
    if (text !== '') yield { type, text };
    if (!isRefused) return;
    const refusal = toFindings(places.filter(({ guard }) => guard.action === 'refuse'));
    throw guardRefused('output', refusal);
  }
  function* showRest(): Generator<RunEvent> {
    yield* show('reasoning-delta', streams['reasoning-delta'].end());
    yield* show('text-delta', streams['text-delta'].end());
  }
  function* tell(): Generator<RunEvent> {
    for (const finding of joinFindings(findings.splice(0))) yield { type: 'guard', side: 'output', ...finding };
  }

  try {
    for (;;) {
      const next = await nextOrFlush(events.next());
      if ('failure' in next) {
        yield* showRest();
        throw next.failure;
      }
      if (next.done === true) {
        yield* showRest();
        const outcome = await checkOutcome(next.value);
        yield* tell();
        return outcome;
      }
      const event = next.value;
      if (event.type === 'text-delta' || event.type === 'reasoning-delta')
        yield* show(event.type, streams[event.type].push(event.text));
      else {
        // A fallback may go on in the middle of a word; everything else ends what was said.
        if (event.type !== 'model-fallback') yield* showRest();
        const told = toShown(event, shown);
        if (told !== null) yield told;
      }
    }
  } catch (thrown) {
    yield* tell();
    yield* stop(thrown);
    throw thrown;
  } finally {
    await events.return(undefined as never);
  }

  /** The call of the model that is under way ends with the refusal, and says what it took. */
  async function* stop(refusal: unknown): AsyncGenerator<RunEvent> {
    try {
      for (let next = await events.throw(refusal); next.done !== true; next = await events.next()) {
        if (next.value.type === 'usage') yield next.value;
      }
    } catch {
      // It ends as it was told to, or had ended before.
    }
  }

  async function checkOutcome(outcome: Outcome): Promise<Outcome> {
    if (outcome.output === undefined) return outcome;
    const before = findings.length;
    const value = await maskJson(JSON.parse(outcome.output) as JsonValue, async (text) => {
      const verdict = checkText(withoutLength(active), text, language);
      findings.push(...verdict.findings);
      if (verdict.isRefused) throw guardRefused('output', verdict.findings);
      return verdict.text;
    });
    // The stream has counted the same already.
    const isSame = findings.length === before;
    findings.length = before;
    return isSame ? outcome : { ...outcome, output: JSON.stringify(value) };
  }
}

/** An event without figures that a guard took out of the answer; null where nothing is left to tell. */
function toShown(event: RunEvent, shown: string): RunEvent | null {
  if (event.type !== 'notice' || event.notice.kind !== 'figures-unsourced') return event;
  const figures = event.notice.figures.filter((figure) => shown.includes(figure));
  return figures.length === 0 ? null : { ...event, notice: { ...event.notice, figures } };
}

const withoutLength = (active: ActiveGuard[]) => active.filter(({ guard }) => guard.kind !== 'maximum-length');

function nextOrFlush<Value>(next: Promise<Value>): Promise<Value | { failure: unknown }> {
  return next.catch((failure: unknown) => ({ failure }));
}
