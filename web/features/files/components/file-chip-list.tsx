import type { AttachedFile } from '#server/contract/conversation.ts';
import { FileChip } from './file-chip.tsx';

/** The files that came with a message, at its side; nothing where there are none. */
export function FileChipList({ files }: { files: readonly AttachedFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="flex flex-wrap justify-end gap-2">
      {files.map((file) => (
        <li key={file.id}>
          <FileChip file={file} />
        </li>
      ))}
    </ul>
  );
}
