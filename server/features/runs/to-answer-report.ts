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
 * @param charts - each under its title
 */
export function toAnswerReport(run: Run, charts: ReportBlock[], language: Language): ReportBlock[] {
  const say = words[language];
  const head = [
    `# ${say.answer} ${run.answeredBy.agent}`,
    `${(run.endedAt ?? run.startedAt).slice(0, 16).replace('T', ' ')} UTC · ${say.model}: ${run.model} · ${say.run}: ${run.id}`,
    ...(run.status === 'completed' ? [] : [say.unfinished]),
    '',
  ];
  const sources = run.sources.flatMap(({ number, title, url, excerpt }) => [
    `[${number}] ${toLine(title)}`,
    ...(url === null ? [] : [url]),
    ...(excerpt === null ? [] : [toLine(excerpt)]),
    '',
  ]);
  return [
    { kind: 'text', markdown: head.join('\n') },
    { kind: 'text', markdown: run.output },
    ...charts,
    ...(sources.length === 0
      ? []
      : [{ kind: 'text' as const, markdown: [`## ${say.sources}`, '', ...sources].join('\n') }]),
  ];
}

const toLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
