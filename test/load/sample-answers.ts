const section = (number: number) => `## Part ${number}

The desk read **three sources** about token ${number} and found that they agree, except for \`supply(${number})\`, which one of
them gives a day late. What follows is what all of them say, with the figure that most people ask for first.

- The price moved by ${number % 7} % within a day.
- Fees stayed low, and [the explorer](https://example.org/${number}) says the same.
- Nothing else was found.

| figure | yesterday | today |
|---|---|---|
| price | ${number}.10 | ${number}.20 |
| volume | ${number * 1000} | ${number * 1100} |

\`\`\`ts
const change = (today: number, yesterday: number) => today / yesterday - 1;
console.log(change(${number}.2, ${number}.1));
\`\`\`
`;

/** An answer in Markdown with all that answers have, of at least so many characters. */
export function writeAnswer(length: number): string {
  let text = '';
  for (let number = 1; text.length < length; number += 1) text += `${section(number)}\n`;
  return text;
}

/** An answer that is one long table. */
export function writeTable(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => `| ${row} | token ${row} | ${row * 7} | **${row % 13} %** |`);
  return ['| # | name | holders | change |', '|---|---|---|---|', ...lines].join('\n');
}
