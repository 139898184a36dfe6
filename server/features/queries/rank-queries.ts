import { findMeanings } from './word-meanings.ts';

const plainWords = new Set(
  'a an the of my our your by in on for to and or with is are was what which show find list run open execute me please saved shared query queries about do does have i there any all that it from'.split(
    ' ',
  ),
);
const plainHan =
  /已?保存(?:好|过|下来)?|共享|查询|运行|执行|打开|查找|显示|列出|请|帮我|一下|我们?|有?哪些|有什么|关于|所有|全部|那个|这个|名为|的|了|吗|呢/g;

/** The telling parts of a text: words of Latin script without their plural, pairs of Han characters. */
function toTerms(text: string): Set<string> {
  const small = text.toLowerCase();
  const latin = (small.match(/[\p{Script=Latin}\d]+/gu) ?? [])
    .filter((word) => !plainWords.has(word))
    .map((word) => (word.length > 3 ? word.replace(/s$/, '') : word));
  const han = (small.replaceAll(plainHan, ' ').match(/\p{Script=Han}+/gu) ?? []).flatMap((run) =>
    run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  );
  return new Set([...latin, ...han]);
}

const isLatin = (term: string) => /^[\p{Script=Latin}\d]+$/u.test(term);

/** The words and the meanings of a text. */
function readWords(text: string) {
  const terms = toTerms(text);
  return { terms, meanings: findMeanings(text.toLowerCase().replaceAll(plainHan, ' '), [...terms].filter(isLatin)) };
}

/** How much of what is asked a text has: its words, and what it means in whichever language. */
function count({ terms, meanings }: ReturnType<typeof readWords>, asked: ReturnType<typeof readWords>): number {
  const shared = [...asked.terms].filter((term) => terms.has(term)).length;
  return shared + [...asked.meanings].filter((meaning) => meanings.has(meaning)).length;
}

/**
 * Those that words fit, the best first: a word of the name counts for more than one of the description, and that for more than
 * one of the SQL, where tables and columns have their names. Words of the other language count by what they mean. Words that
 * tell nothing ("my saved queries", “我保存的查询”) leave all, in the order they came.
 */
export function rankQueries<Query extends { name: string; description: string; sql: string }>(
  queries: Query[],
  words: string,
): Query[] {
  const asked = readWords(words);
  if (asked.terms.size === 0) return queries;
  return queries
    .map((query) => {
      const name = readWords(query.name);
      const sql = readWords(query.sql.replaceAll('_', ' '));
      const score = 3 * count(name, asked) + count(readWords(query.description), asked) + 0.5 * count(sql, asked);
      return { query, score: score / (1 + name.terms.size / 100) };
    })
    .filter(({ score }) => score >= 1)
    .sort((one, other) => other.score - one.score)
    .map(({ query }) => query);
}
