import type { JsonValue } from '#server/contract/json.ts';
import type { StoredResult } from '#server/contract/run-checkpoint.ts';
import type { HistoryMessage } from './build-messages.ts';
import type { ToolOutcome } from './tools/invoke-tool.ts';
import type { RunMaterial } from './tools/tool.ts';

const longestFiles = 24_000_000;
const largestResults = 24 * 1024 * 1024;

/** A stored file of the person's; null when it is gone. */
export type ReadFile = (id: string) => Promise<{ mediaType: string; bytes: Uint8Array } | null>;

/**
 * What tools of one run can work on, gathered when one asks for it. Newer files and results come first where not all have
 * room: of a file that has none its part for the model is left, of a result its summary.
 *
 * @param settings.earlier - what calls brought before the turn waited for a person
 */
export function createRunMaterial({
  readHistory,
  readFile,
  earlier = [],
}: {
  readHistory: () => Promise<readonly HistoryMessage[]>;
  readFile: ReadFile;
  earlier?: readonly StoredResult[];
}) {
  const results: StoredResult[] = [...earlier];
  const whole = new Map<StoredResult, JsonValue>();
  let resultBytes = 0;
  let files: Promise<RunMaterial['files']> | null = null;

  const keepWhole = (result: StoredResult, output: JsonValue, bytes: number) => {
    if (resultBytes + bytes > largestResults) return;
    resultBytes += bytes;
    whole.set(result, output);
  };

  async function readAgain(result: StoredResult) {
    const file = result.file === null || whole.has(result) ? null : await readFile(result.file);
    if (file === null) return;
    const text = new TextDecoder().decode(file.bytes);
    keepWhole(
      result,
      file.mediaType.startsWith('application/json') ? (JSON.parse(text) as JsonValue) : text,
      file.bytes.byteLength,
    );
  }

  return {
    read: async (): Promise<RunMaterial> => {
      for (const result of [...earlier].reverse()) await readAgain(result);
      return {
        files: await (files ??= readHistory().then(toFiles)),
        results: results.map((result) => {
          const { call, tool, output } = result;
          return { call, tool, output: whole.get(result) ?? output };
        }),
      };
    },

    /** Keeps what a call brought. */
    keep: ({
      call,
      tool,
      result,
    }: {
      call: string;
      tool: string;
      result: Pick<ToolOutcome, 'output' | 'whole' | 'file'>;
    }): void => {
      if (result.whole === undefined) return;
      const kept = { call, tool, output: result.output, file: result.file };
      results.push(kept);
      keepWhole(kept, result.whole.output, result.whole.bytes);
    },

    /** What calls have brought so far, as it is kept while the turn waits. */
    list: (): StoredResult[] => [...results],
  };
}
export type RunMaterialKeeper = ReturnType<typeof createRunMaterial>;

function toFiles(history: readonly HistoryMessage[]): RunMaterial['files'] {
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
