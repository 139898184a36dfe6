import type { DraftProposal } from '#server/contract/proposal.ts';
import type { DraftTemplate } from './draft-desk.ts';
import { rankTexts } from '#server/runtime/rank-texts.ts';

type Language = 'en' | 'zh';

const longestName = { en: 40, zh: 16 };
const longestTagline = 120;
const mostStarters = 4;
const mostTests = 10;
const mostChecks = 6;

/** What people say before they come to the matter: "I want an agent that can …", 帮我做一个……的智能体. */
const lead = {
  en: /^(?:please\s+)?(?:(?:can|could) you\s+)?(?:i(?:\s+would|'d)?\s+(?:want|need|like)(?:\s+to\s+(?:build|make|have|create))?|build|make|create|give)?\s*(?:me\s+)?(?:an?\s+|some\s+)?(?:ai\s+)?(?:agents?|bots?|assistants?)?\s*(?:that|which|who|to|for)?\s*(?:can|could|should|will|would)?\s+/i,
  zh: /^(?:请|麻烦)?[你您]?(?:我)?(?:想要|想|要|需要|希望)?(?:帮我|给我|为我)?(?:做|创建|生成|构建|建|写)?(?:有)?(?:一个|个)?(?:智能体|助手|机器人)?(?:，|,)?(?:它)?(?:能够|能|可以|会|用来|用于)?/,
};
const trailing = /(?:的)?(?:智能体|助手|机器人)$/;

/** The template that the words of a description meet best; null when they meet none. Pure. */
export function findTemplate(templates: readonly DraftTemplate[], description: string): DraftTemplate | null {
  const [best] = rankTexts(templates, description, ({ definition: { identity, opening, tools } }) => ({
    title: `${identity.name} ${identity.tagline} ${identity.tags.join(' ')}`,
    text: [identity.description, opening.message, ...opening.starters, ...tools.map(({ id }) => id)].join(' '),
  }));
  return best ?? null;
}

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
    name: toName(description, language) || template?.definition.identity.name,
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

/** A short name from the first words that say something. Pure. */
export function toName(description: string, language: Language): string {
  const [first = ''] = toSentences(description);
  const matter = first.replace(lead[language], '').split(/[,，;；:：。!！?？]|\.(?=\s|$)/)[0] ?? '';
  const plain = language === 'zh' ? matter.replace(trailing, '') : matter;
  const short = cutAtWord(plain.trim(), longestName[language]);
  return short.charAt(0).toUpperCase() + short.slice(1);
}

function toSentences(text: string): string[] {
  return (text.match(/(?:[^\n。！？!?.]|\.(?=\S))+(?:[。！？!?]|\.(?=\s|$))*/g) ?? [])
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text.replace(/[。.]$/, '');
  const cut = text.slice(0, longest + 1);
  const space = cut.lastIndexOf(' ');
  return (space > longest / 2 ? cut.slice(0, space) : cut.slice(0, longest)).replace(/[\p{Surrogate}]$/u, '').trim();
}
