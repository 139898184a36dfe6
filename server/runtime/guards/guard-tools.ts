import { setImmediate } from 'node:timers/promises';
import type { Guard, GuardFinding, GuardSide } from '#server/contract/guard.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import { activateGuards, checkLongText, checkText, findPlaces, maskPlaces, toFindings } from './check-text.ts';
import { guardRefused } from './guard-errors.ts';
import { joinFindings } from './guard-input.ts';
import type { Language } from './mark.ts';
import { type Mask, maskObject } from './mask-json.ts';

/** Looks at what tools are sent and at what they bring; what it found is told by `emit`. */
export type ToolGuard = {
  /** The input as it may be shown and sent; `refusal` says why it may not be sent. */
  checkInput: (
    input: JsonObject,
    emit: (event: RunEvent) => void,
  ) => Promise<{ input: JsonObject; refusal: string | null }>;
  /**
   * Hands a mask for the texts of one result to the work, and tells of what was found. Null: nothing looks at results.
   *
   * The mask throws a `HubError` (`guard_refused`, or `payload_too_large` where there is too much to look at).
   */
  watchResult: <Result>(
    work: (mask: Mask | null) => Promise<Result>,
    emit: (event: RunEvent) => void,
  ) => Promise<Result>;
};

/** More than tools bring; a guard looks at as many in a second or two. */
const mostCharacters = 3_000_000;
/** So many are looked at before others get their turn. */
const atOnce = 20_000;

export function createToolGuard(guards: readonly Guard[], language: Language): ToolGuard {
  const ofInput = activateGuards(guards, 'tool-input');
  const ofResult = activateGuards(guards, 'tool-result');

  return {
    checkInput: async (input, emit) => {
      if (ofInput.length === 0) return { input, refusal: null };
      const findings: GuardFinding[] = [];
      const shown = await maskObject(input, async (text) => {
        const places = findPlaces(ofInput, text);
        findings.push(...toFindings(places));
        return maskPlaces(text, places, language);
      });
      tell('tool-input', findings, emit);
      const isRefused = findings.some(({ action }) => action === 'refuse');
      return { input: shown, refusal: isRefused ? guardRefused('tool-input', findings).words[language] : null };
    },

    watchResult: async (work, emit) => {
      if (ofResult.length === 0) return work(null);
      const findings: GuardFinding[] = [];
      let characters = 0;
      let sinceTurn = 0;
      try {
        return await work(async (text) => {
          characters += text.length;
          sinceTurn += text.length;
          if (characters > mostCharacters) throw tooMuch();
          if (sinceTurn > atOnce) {
            sinceTurn = 0;
            await setImmediate();
          }
          const verdict =
            text.length > atOnce ? await checkLongText(ofResult, text, language) : checkText(ofResult, text, language);
          findings.push(...verdict.findings);
          if (verdict.isRefused) throw guardRefused('tool-result', verdict.findings);
          return verdict.text;
        });
      } finally {
        tell('tool-result', findings, emit);
      }
    },
  };
}

function tell(side: GuardSide, findings: GuardFinding[], emit: (event: RunEvent) => void): void {
  for (const finding of joinFindings(findings)) emit({ type: 'guard', side, ...finding });
}

const tooMuch = () =>
  new HubError('payload_too_large', {
    en: `The guards of this agent look at ${mostCharacters} characters of a result at most. Ask for less at once.`,
    zh: `该智能体的防护最多检查结果的 ${mostCharacters} 个字符。请一次少取一些。`,
  });
