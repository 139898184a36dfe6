import type { ConversationSummary, Message } from '#server/contract/conversation.ts';
import type { RunStep } from '#server/contract/run.ts';
import { fenceText, quoteData } from '#server/contract/split-data.ts';
import type { ExportWords } from './export-words.ts';

type ToolStep = Extract<RunStep, { kind: 'tool' }>;

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
/** Text of others in a line of Markdown, which it must not change. */
const plain = (text: string) => oneLine(text).replace(/[\\`*_{}[\]<>#|]/g, '\\$&');

/** What an exported conversation begins with. Pure. */
export function toMarkdownHead({ title, agent, createdAt }: ConversationSummary, words: ExportWords): string {
  return `# ${plain(title) || words.untitled}\n\n${words.with}: ${plain(agent.name)} · ${words.begun}: ${createdAt}\n`;
}

/** One message, with its sources, its steps folded, and its files by their names. Pure. */
export function toMarkdownMessage(
  { role, content, files, createdAt, ...message }: Message,
  words: ExportWords,
): string {
  const run = role === 'assistant' ? message.run : null;
  const sources = run?.sources ?? message.sources;
  const tools = run?.steps.filter((step) => step.kind === 'tool') ?? [];
  const parts = [
    `## ${role === 'user' ? words.person : plain(run?.agent.name ?? '')} · ${createdAt}`,
    ...(files.length > 0 ? [`${words.files}: ${files.map(({ name }) => plain(name)).join(', ')}`] : []),
    ...(tools.length > 0 ? [toFoldedSteps(tools, words)] : []),
    role === 'user' ? quoteData(content, words.data) : content,
    ...(run && run.status !== 'completed' ? [`_${words.unfinished}_`] : []),
    ...(run && run.artifacts.length > 0
      ? [`${words.made}: ${run.artifacts.map(({ title }) => plain(title)).join(', ')}`]
      : []),
    ...(sources.length > 0
      ? [
          `### ${words.sources}\n\n${sources
            .map(
              ({ number, title, url }) => `${number}. ${plain(title)}${url === null ? '' : ` – <${encodeURI(url)}>`}`,
            )
            .join('\n')}`,
        ]
      : []),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function toFoldedSteps(steps: ToolStep[], words: ExportWords): string {
  const shown = steps.map(({ tool, input, output, isError }) =>
    [
      `**${plain(tool)}**${isError ? ` (${words.failed})` : ''}`,
      `${words.input}:`,
      fenceText(JSON.stringify(input, null, 2), 'json'),
      `${words.output}:`,
      fenceText(typeof output === 'string' ? output : JSON.stringify(output, null, 2)),
    ].join('\n\n'),
  );
  return [`<details><summary>${words.steps(steps.length)}</summary>`, ...shown, '</details>'].join('\n\n');
}
