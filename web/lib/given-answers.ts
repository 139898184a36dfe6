import { type GivenAnswers, givenAnswersId } from '#server/contract/first-view.ts';
import type { Language } from './i18n/language.ts';

let given = readGiven();

/** What came with the document. */
function readGiven(): GivenAnswers | null {
  const written = typeof document === 'undefined' ? null : document.getElementById(givenAnswersId)?.textContent;
  return written ? (JSON.parse(written) as GivenAnswers) : null;
}

/** Has these answers taken; without any, each request asks the hub. */
export function giveAnswers(answers: GivenAnswers | null): void {
  given = answers;
}

/** The answer that was given for an address, once: who asks again wants a newer one. */
export function takeAnswer(address: string, language: Language): unknown {
  if (given?.language !== language) return undefined;
  const body = given.bodies[address];
  delete given.bodies[address];
  return body;
}
