import { findInstructionMarks } from '#server/contract/instruction-marks.ts';
import { cutAtWord, toNameFromWords, toSentences } from '#server/contract/name-from-words.ts';
import type { DraftProposal } from '#server/contract/proposal.ts';
import { tokenise, translateWords } from '#server/runtime/models/offline-planner/tokenise.ts';
import { rankTexts } from '#server/runtime/rank-texts.ts';
import { findMeanings } from '#server/runtime/word-meanings.ts';
import type { DraftTemplate } from './draft-desk.ts';

type Language = 'en' | 'zh';
/** What a description asks for: its own words, these with their translations, and what they mean. */
type Asked = { own: ReadonlySet<string>; all: ReadonlySet<string>; meanings: ReturnType<typeof findMeanings> };

const longestTagline = 120;
const mostStarters = 4;
const mostTests = 10;
const mostChecks = 6;

/** What descriptions of agents say whatever they are about, and what the descriptions of templates say of each. */
const plainWords = {
  en: new Set(
    'agent agents assistant bot bots ai something someone anything help helps answer answers question questions explain explains explaining say says plain word words simple make makes do does day days time work works good friendly tone please name names'.split(
      ' ',
    ),
  ),
  zh: /智能体|助手|机器人|我的|您的|你的|回答|关于|问题|语气|友好|起来|成|帮助|帮我|给我|做一个|写一个|一个|可以|能够|告诉|规划/g,
};

/** The template that the words of a description meet best; null where they meet none in what it is for. Pure. */
export function findTemplate(templates: readonly DraftTemplate[], description: string): DraftTemplate | null {
  const words = dropPlainWords(description);
  const own = new Set(tokenise(words));
  const asked: Asked = { own, all: new Set([...own, ...translateWords(words)]), meanings: findMeanings(words) };
  const usable = templates.filter(({ definition }) => namesItsVariables(definition));
  const near = rankTexts(usable, words, toTexts).map((template) => ({
    template,
    ...countMet(toTexts(template), asked),
  }));
  const [best] = near
    .filter(({ inTitle, inText }) => inTitle > 0 || inText > 1)
    .toSorted((left, right) => right.ownInTitle - left.ownInTitle || right.inTitle - left.inTitle);
  return best?.template ?? null;
}

const toTexts = ({ definition: { identity, opening, tools } }: DraftTemplate) => ({
  title: `${identity.name} ${identity.tagline} ${identity.tags.join(' ')}`,
  text: [identity.description, opening.message, ...opening.starters, ...tools.map(({ id }) => id)].join(' '),
});

const countShared = <Item>(some: ReadonlySet<Item>, others: ReadonlySet<Item>): number =>
  [...some].filter((one) => others.has(one)).length;

/** How many words and meanings of the description are in a template's name, and in its description. */
function countMet({ title, text }: ReturnType<typeof toTexts>, { own, all, meanings }: Asked) {
  const titleTerms = new Set(tokenise(title));
  const met = (told: string, terms: ReadonlySet<string>) =>
    countShared(all, terms) + countShared(meanings, findMeanings(told));
  return {
    // Its own words decide before what they may mean.
    ownInTitle: countShared(own, titleTerms),
    inTitle: met(title, titleTerms),
    inText: met(text, new Set(tokenise(text))),
  };
}

/** One that speaks of variables, such as the hub's guide, has marks that are none of its own. */
const namesItsVariables = ({ instructions, variables }: DraftTemplate['definition']): boolean =>
  findInstructionMarks(instructions).every(
    (mark) => mark.kind !== 'variable' || variables.some(({ name }) => name === mark.name),
  );

const dropPlainWords = (description: string): string =>
  description
    .replace(plainWords.zh, ' ')
    .replace(/[\p{Script=Latin}'’]+/gu, (word) => (plainWords.en.has(word.toLowerCase()) ? ' ' : word));

/**
 * A proposal that needs no language model: what a template has, with the person's own words as name, tagline, starters and
 * purpose. Nothing is made up. Pure.
 *
 * @param offered - the tools that the person may use
 */
export function fillTemplate({
  template,
  description,
  offered,
  summary,
  language,
}: {
  template: DraftTemplate | null;
  description: string;
  offered: ReadonlySet<string>;
  summary: string;
  language: Language;
}): DraftProposal {
  const sentences = toSentences(description);
  const heading = language === 'zh' ? '## 用途（原话）' : '## What this agent is for, in its creator’s words';
  const purpose = `${heading}\n\n${description}`;
  const own = {
    summary,
    name: toNameFromWords(description, language) || template?.definition.identity.name,
    tagline: cutAtWord(sentences[0] ?? description, longestTagline),
  };
  const questions = sentences.filter((sentence) => /[?？]$/.test(sentence) && sentence.length <= 200);
  if (template === null) {
    return {
      ...own,
      instructions: purpose,
      ...(questions.length > 0 && { starters: questions.slice(0, mostStarters) }),
    };
  }
  const { identity, instructions, variables, opening, tools } = template.definition;
  const tests = template.tests
    .slice(0, mostTests)
    .map((test) => ({ ...test, expect: test.expect.slice(0, mostChecks) }));
  const kept = tools.map(({ id }) => id).filter((id) => offered.has(id));
  return {
    ...own,
    description: identity.description,
    category: identity.category,
    tags: identity.tags,
    instructions: `${instructions.trim()}\n\n${purpose}`,
    ...(variables.length > 0 && { variables }),
    greeting: opening.message,
    starters: [...new Set([...questions, ...opening.starters])].slice(0, mostStarters),
    ...(kept.length > 0 && { tools: kept }),
    ...(tests.length > 0 && { tests }),
  };
}
