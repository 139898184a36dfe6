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

/**
 * Those that words fit, the best first: a word of the name counts for more than one of the description. Words that tell
 * nothing ("my saved queries", “我保存的查询”) leave all, in the order they came.
 */
export function rankQueries<Query extends { name: string; description: string }>(
  queries: Query[],
  words: string,
): Query[] {
  const asked = [...toTerms(words)];
  if (asked.length === 0) return queries;
  return queries
    .map((query) => {
      const [name, description] = [toTerms(query.name), toTerms(query.description)];
      const scores = asked.map((term) => (name.has(term) ? 3 : description.has(term) ? 1 : 0));
      return { query, score: scores.reduce((sum: number, score) => sum + score, 0) / (1 + name.size / 100) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ query }) => query);
}
