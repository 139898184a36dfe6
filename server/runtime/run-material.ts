import type { HistoryMessage } from './build-messages.ts';
import type { ToolOutcome } from './tools/invoke-tool.ts';
import type { RunMaterial } from './tools/tool.ts';

const longestFiles = 24_000_000;
const largestResults = 24 * 1024 * 1024;

/**
 * What tools of one run can work on. Newer files and results come first where not all have room: of a file that has none its
 * part for the model is left, of a result its summary.
 */
export function createRunMaterial(history: HistoryMessage[]) {
  const results: RunMaterial['results'] = [];
  let resultBytes = 0;
  let files: RunMaterial['files'] | null = null;
  return {
    read: (): RunMaterial => ({ files: (files ??= toFiles(history)), results: [...results] }),

    /** Keeps what a call brought. */
    keep: ({
      call,
      tool,
      result,
    }: {
      call: string;
      tool: string;
      result: Pick<ToolOutcome, 'output' | 'whole'>;
    }): void => {
      if (result.whole === undefined) return;
      const fits = resultBytes + result.whole.bytes <= largestResults;
      if (fits) resultBytes += result.whole.bytes;
      results.push({ call, tool, output: fits ? result.whole.output : result.output });
    },
  };
}
export type RunMaterialKeeper = ReturnType<typeof createRunMaterial>;

function toFiles(history: HistoryMessage[]): RunMaterial['files'] {
  const texts = history.flatMap(({ attachments = [] }) =>
    attachments.flatMap((file) => (file.kind === 'text' ? [file] : [])),
  );
  let room = longestFiles;
  return texts
    .reverse()
    .map(({ name, text, whole }) => {
      const fits = whole !== undefined && whole.text.length <= room;
      room -= fits ? whole.text.length : text.length;
      return fits ? { name, text: whole.text, isCut: whole.isCut } : { name, text, isCut: whole !== undefined };
    })
    .reverse();
}
