import type { LentFile } from '#server/contract/lent-file.ts';
import type { HistoryMessage } from './build-messages.ts';
import type { LendFile } from './tools/tool.ts';

/** Lends files to the tools of a turn: by the name under which one was attached, the newest first, or by an id. */
export function lendAttached(
  readHistory: () => Promise<readonly HistoryMessage[]>,
  lend: (id: string) => Promise<LentFile | null>,
): LendFile {
  return async (reference) => {
    const attached = (await readHistory()).flatMap(({ attachments = [] }) => attachments);
    return lend(attached.findLast(({ id, name }) => id !== undefined && name === reference)?.id ?? reference);
  };
}
