import { drawCharts } from '#server/chart-reports.ts';
import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import { ProblemCode } from '#server/contract/problem.ts';
import type { ReportBlock } from '#server/contract/report-block.ts';
import type { CallToolInput, ToolCall } from '#server/contract/tool.ts';
import { fromProblem, HubError } from '#server/hub-error.ts';
import type { Caller, ToolService } from './tool-service.ts';

type Needs = {
  tools: Pick<ToolService, 'callTool' | 'listUsable'>;
  /** What a tool brought, as Markdown for people. */
  renderOutput: (output: JsonValue, language: 'en' | 'zh') => string;
  drawChart: (specification: JsonObject, signal: AbortSignal) => Promise<string>;
  writePdf: (blocks: ReportBlock[]) => Uint8Array;
  now: () => Date;
};

/** Writes on paper what a tool that reads brings when it is called by hand: its figures, charts and sources. */
export function createCallReporter({ tools, renderOutput, drawChart, writePdf, now }: Needs) {
  /** @throws {HubError} as `callTool`, and what the tool failed with */
  return async (caller: Caller, input: CallToolInput): Promise<Uint8Array> => {
    const { actor, language, signal } = caller;
    const tool = (await tools.listUsable(actor)).find(({ id }) => id === input.tool);
    if (tool?.effect === 'write') throw changesSomething();
    const call = await tools.callTool(caller, input);
    if (call.isError) throw toFailure(call);
    const title = tool?.title[language] ?? input.tool;
    const charts = call.artifacts.filter((artifact) => artifact.kind === 'chart');
    const moment = now().toISOString().slice(0, 16).replace('T', ' ');
    return writePdf([
      { kind: 'text', markdown: `# ${toLine(title)}\n${moment} UTC\n` },
      ...(await drawCharts(charts, drawChart, signal)),
      { kind: 'text', markdown: renderOutput(call.output, language) },
      { kind: 'text', markdown: listSources(call, language) },
    ]);
  };
}
export type CallReporter = ReturnType<typeof createCallReporter>;

const toLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function listSources({ sources }: ToolCall, language: 'en' | 'zh'): string {
  if (sources.length === 0) return '';
  const lines = sources.flatMap(({ title, url, excerpt }) => [
    toLine(title),
    ...(url === null ? [] : [url]),
    ...(excerpt === null ? [] : [toLine(excerpt)]),
    '',
  ]);
  return [`## ${language === 'zh' ? '来源' : 'Sources'}`, '', ...lines].join('\n');
}

/** What a tool failed with is a failure of the report, too. */
function toFailure({ output }: ToolCall): HubError {
  const said: JsonObject = isObject(output) ? output : {};
  const { error, code } = said;
  const knownCode = ProblemCode.safeParse(code).data ?? 'unavailable';
  return typeof error === 'string'
    ? fromProblem({ code: knownCode, detail: error })
    : new HubError(knownCode, { en: 'The tool brought nothing.', zh: '工具没有返回任何内容。' });
}

const changesSomething = () =>
  new HubError('validation_failed', {
    en: 'Only what a tool reads can be written on paper; this tool changes something.',
    zh: '只有读取类工具的结果可以写成报告；该工具会进行更改。',
  });
