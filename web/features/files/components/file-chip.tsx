import { FileText, Image } from 'lucide-react';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { useFileAddress } from '#web/features/files/file-address.ts';
import { useFormat } from '#web/lib/format.ts';

/** A file that belongs to a message; opens when pressed. */
export function FileChip({ file }: { file: AttachedFile }) {
  const format = useFormat();
  const toFileAddress = useFileAddress();
  const isImage = file.mediaType.startsWith('image/');
  const Icon = isImage ? Image : FileText;
  return (
    <a
      href={toFileAddress(file.id)}
      target="_blank"
      rel="noopener"
      className="flex max-w-64 items-center gap-2 rounded-md border border-line bg-surface px-3 py-2 text-sm hover:border-line-strong"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-accent" />
      <span className="truncate">{file.name}</span>
      <span className="shrink-0 text-xs text-ink-faint">{format.bytes(file.size)}</span>
    </a>
  );
}
