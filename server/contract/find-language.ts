import { sourceLines, withoutDataBlocks } from './data-blocks.ts';

const han = /\p{Script=Han}/gu;
const latinWord = /[a-z]{2,}/gi;
/** What makes a sentence of two words: names and symbols of any page have none of them. */
const ofSentences =
  /\b(?:what|how|who|why|when|where|which|is|are|was|were|do|does|did|can|show|list|give|tell|explain|compare|please|my|the|of)\b/i;
const code = /```[\s\S]*?(?:```|(?![\s\S]))/g;

/**
 * The language in which a person writes: Chinese where Han characters weigh at least as much as Latin words; null where there are
 * hardly any words to tell it by: two make English where they are a sentence ("What is 48*365?", not "ETH price").
 */
export function findLanguage(text: string): 'en' | 'zh' | null {
  // Data from elsewhere inside a message, and code, say nothing of the language in which a person asks.
  const words = withoutDataBlocks(text)
    .replaceAll(code, '')
    .replaceAll(sourceLines, '')
    .replaceAll(/https?:\/\/\S+|0x[\da-f]+/gi, '')
    .slice(0, 4_000);
  const [chinese, latin] = [words.match(han)?.length ?? 0, words.match(latinWord)?.length ?? 0];
  if (chinese > latin) return 'zh';
  return latin > 2 || (latin === 2 && chinese === 0 && ofSentences.test(words)) ? 'en' : null;
}
