import { type ClipboardEvent, type DragEvent, useState } from 'react';

/** Files that are dropped on or pasted into something that is being written. */
export function useFileDrop(add: (files: FileList) => void) {
  const [isDropping, setIsDropping] = useState(false);
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    setIsDropping(true);
  };
  const onDragLeave = () => setIsDropping(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsDropping(false);
    add(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    add(event.clipboardData.files);
  };
  return { isDropping, dropping: { onDragOver, onDragLeave, onDrop }, onPaste };
}
