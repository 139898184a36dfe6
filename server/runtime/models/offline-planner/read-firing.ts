import { AlertFacts } from '#server/contract/alert.ts';
import { usualAlertQuestion } from '#server/contract/alert-question.ts';
import { findDataBlocks, sourceLines } from '#server/contract/data-blocks.ts';
import { parseJson } from './recognise.ts';
import type { Language } from './wording.ts';

export type Firing = {
  facts: AlertFacts;
  /** What the alert's owner asks; empty where they ask nothing of their own. */
  question: string;
  /** What is said beside it, such as that the block is gone. */
  said: string;
  sources: number;
};

/** What an alert tells an agent; null for every other request. */
export function readFiring(request: string): Firing | null {
  const block = findDataBlocks(request).find(({ origin }) => origin.startsWith('alert "'));
  if (block === undefined) return null;
  const facts = AlertFacts.safeParse(parseJson(block.text));
  if (!facts.success) return null;
  const words = `${request.slice(0, block.start)}${request.slice(block.end)}`.replaceAll(sourceLines, '').trim();
  const usual = Object.values(usualAlertQuestion).find((one) => words.startsWith(one));
  return {
    facts: facts.data,
    question: usual === undefined ? words : '',
    said: usual === undefined ? '' : words.slice(usual.length).trim(),
    sources: request.match(sourceLines)?.length ?? 0,
  };
}

/** What a question about it may point back to. */
export const listFacts = ({ facts: { fields, transaction } }: Firing): string =>
  [...fields.map(({ value }) => value), ...(transaction === null ? [] : [transaction])].join(', ');

const words = {
  en: {
    before: (figure: string) => `The figure before was ${figure}.`,
    meaning: 'What this means for you needs a language model.',
  },
  zh: {
    before: (figure: string) => `此前的数值为 ${figure}。`,
    meaning: '这对您意味着什么，需要连接语言模型才能回答。',
  },
};

/** What happened, with the marks of the sources that came with it. */
export function sayFiring({ facts, said, sources, question }: Firing, language: Language): string {
  const { summary, previous, unit } = facts;
  const marks = Array.from({ length: sources }, (_, place) => `[${place + 1}]`).join('');
  return [
    ...(said === '' ? [] : [`**${said}**`]),
    [
      `${summary[language]} ${marks}`.trim(),
      ...(previous === null ? [] : [words[language].before(unit === null ? previous : `${previous} ${unit}`)]),
    ].join(' '),
    ...(question === '' ? [words[language].meaning] : []),
  ].join('\n\n');
}
