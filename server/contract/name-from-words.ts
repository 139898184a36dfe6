type Language = 'en' | 'zh';

const longestName = { en: 40, zh: 16 };

/** What people say before they come to the matter: "I want an agent that can …", 帮我做一个……的智能体. */
const lead = {
  en: /^(?:please\s+)?(?:(?:can|could) you\s+)?(?:i(?:\s+would|'d)?\s+(?:want|need|like)(?:\s+to\s+(?:build|make|have|create))?|build|make|create|give)?\s*(?:me\s+)?(?:an?\s+|some\s+)?(?:ai\s+)?(?:agents?|bots?|assistants?|something|someone)?\s*(?:that|which|who|to|for)?\s*(?:can|could|should|will|would)?\s*(?:helps?\s+(?:me|us|people)\s+(?:to\s+|with\s+)?)?(?<!\S)/i,
  zh: /^(?:请|麻烦)?[你您]?(?:我)?(?:想要|想|要|需要|希望)?(?:(?:帮|给|为)我(?!的))?(?:做|创建|生成|构建|建|写)?(?:有)?(?:一个|个)?(?:智能体|助手|机器人)?(?:，|,)?(?:它)?(?:能够|能|可以|会|用来|用于)?(?:帮(?=我的))?/,
};
const trailing = {
  en: /(?:\s+(?:and|or|of|for|the|an?|in|on|at|with|to|by|from|about|into|my|that))+$/i,
  zh: /(?:的(?:智能体|助手|机器人)|智能体|助手|机器人|[的和与及并或])$/,
};
const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** A short name for an agent from the first words of a description that say something; empty where none do. Pure. */
export function toNameFromWords(description: string, language: Language): string {
  const [first = ''] = toSentences(description);
  const matter = first.replace(lead[language], '').split(/[,，;；:：。!！?？]|\.(?=\s|$)/)[0] ?? '';
  const plain = matter.trim().replace(trailing[language], '');
  const longest = longestName[language];
  const short = plain.length <= longest ? plain : cutAtWord(plain, longest).replace(trailing[language], '');
  return short.charAt(0).toUpperCase() + short.slice(1);
}

/** The sentences of a text, each on one line. Pure. */
export function toSentences(text: string): string[] {
  return (text.match(/(?:[^\n。！？!?.]|\.(?=\S))+(?:[。！？!?]|\.(?=\s|$))*/g) ?? [])
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

/** The beginning of a text, cut between two words where one ends soon enough. Pure. */
export function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text.replace(/[。.]$/, '');
  const cut = text.slice(0, longest + 1);
  const space = cut.lastIndexOf(' ');
  if (space > longest / 2) return cut.slice(0, space).trim();
  const last = [...words.segment(text.slice(0, longest * 2))].findLast(({ index }) => index <= longest)?.index ?? 0;
  return text
    .slice(0, last > longest / 2 ? last : longest)
    .replace(/[\p{Surrogate}]$/u, '')
    .trim();
}
