import type { LocalizedText } from '#server/contract/localized-text.ts';

/** Why a part of a description cannot be used; the message is the English of it. */
export class DescriptionProblem extends Error {
  readonly words: LocalizedText;

  constructor(words: LocalizedText) {
    super(words.en);
    this.words = words;
  }
}
