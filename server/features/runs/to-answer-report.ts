import type { ReportBlock } from '#server/contract/report-block.ts';
import type { Run } from '#server/contract/run.ts';

type Language = 'en' | 'zh';

const words = {
  en: { answer: 'Answer of', model: 'Model', run: 'Run', sources: 'Sources', unfinished: 'This answer is not whole.' },
  zh: { answer: '回答：', model: '模型', run: '运行', sources: '来源', unfinished: '此回答不完整。' },
};

/**
 * An answer as a report: what was said, its charts, and what it rests on.
 *
 * @param pictures - the charts as SVG, by the identifier of their artifact
 */
export function toAnswerReport(run: Run, pictures: ReadonlyMap<string, string>, language: Language): ReportBlock[] {
  const say = words[language];
  const head = [
    `# ${say.answer} ${run.answeredBy.agent}`,
    `${(run.endedAt ?? run.startedAt).slice(0, 16).replace('T', ' ')} UTC · ${say.model}: ${run.model} · ${say.run}: ${run.id}`,
    ...(run.status === 'completed' ? [] : [say.unfinished]),
    '',
  ];
  const charts = run.artifacts.flatMap(({ id, title }): ReportBlock[] => {
    const svg = pictures.get(id);
    return svg === undefined
      ? []
      : [
          { kind: 'text', markdown: `### ${toLine(title)}` },
          { kind: 'picture', svg },
        ];
  });
  const sources = run.sources.flatMap(({ number, title, url, excerpt }) => [
    `[${number}] ${toLine(title)}`,
    ...(url === null ? [] : [url]),
    ...(excerpt === null ? [] : [toLine(excerpt)]),
    '',
  ]);
  return [
    { kind: 'text', markdown: head.join('\n') },
    ...toBlocks(run.output),
    ...charts,
    ...(sources.length === 0
      ? []
      : [{ kind: 'text' as const, markdown: [`## ${say.sources}`, '', ...sources].join('\n') }]),
  ];
}

const toLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
const isRow = (line: string | undefined) => line !== undefined && /^\s*\|.*\|\s*$/.test(line);
const isRule = (line: string | undefined) => line !== undefined && /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line);
const toCells = (line: string) =>
  line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => toPlain(cell.replaceAll('\\|', '|').trim()));
/** Words of a line without the marks of Markdown that a page would hide. */
const toPlain = (text: string) => text.replaceAll(/!?\[([^\]]*)\]\([^)\s]*\)/g, '$1').replaceAll(/\*\*|`/g, '');

/** Markdown with its tables as tables. */
function toBlocks(markdown: string): ReportBlock[] {
  const blocks: ReportBlock[] = [];
  const lines = markdown.split('\n');
  let text: string[] = [];
  for (let place = 0; place < lines.length; place += 1) {
    const line = lines[place] ?? '';
    if (!isRow(line) || !isRule(lines[place + 1])) {
      text.push(toPlain(line));
      continue;
    }
    const rows: string[][] = [];
    let end = place + 2;
    for (; isRow(lines[end]); end += 1) rows.push(toCells(lines[end] ?? ''));
    blocks.push({ kind: 'text', markdown: text.join('\n') }, { kind: 'table', columns: toCells(line), rows });
    text = [];
    place = end - 1;
  }
  return [...blocks, { kind: 'text', markdown: text.join('\n') }];
}
