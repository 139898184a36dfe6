// Controls, bidirectional and other invisible format characters, lone surrogates, private use. Kept: tab, line feed, and the
// two joiners that emoji and several scripts need.
const invisible = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu;

/** A text that a stranger wrote, without characters that hide or reorder what a person or a model reads of it. */
export const withoutInvisible = (text: string): string => text.replace(invisible, '');
