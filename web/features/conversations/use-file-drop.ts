import { type ClipboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

/** Office programs copy a picture of what they copy as text: the text is meant. */
const isFormattedText = (data: DataTransfer) => data.getData('text/html') !== '' && data.getData('text/plain') !== '';

/** Files that are dropped anywhere on `area`, or pasted into what is being written there; what else is dragged is not touched. */
export function useFileDrop(area: RefObject<HTMLElement | null>, add: (files: FileList) => void) {
  const [isDropping, setIsDropping] = useState(false);
  const latest = useRef(add);
  useEffect(() => {
    latest.current = add;
  });
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsDropping(true);
    };
    const onDragLeave = ({ relatedTarget }: DragEvent) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) setIsDropping(false);
    };
    const onDrop = (event: DragEvent) => {
      setIsDropping(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) latest.current(event.dataTransfer.files);
    };
    element.addEventListener('dragover', onDragOver);
    element.addEventListener('dragleave', onDragLeave);
    element.addEventListener('drop', onDrop);
    return () => {
      element.removeEventListener('dragover', onDragOver);
      element.removeEventListener('dragleave', onDragLeave);
      element.removeEventListener('drop', onDrop);
    };
  }, [area]);
  const onPaste = (event: ClipboardEvent) => {
    const { clipboardData: data } = event;
    if (data.files.length === 0 || isFormattedText(data)) return;
    event.preventDefault();
    add(data.files);
  };
  return { isDropping, onPaste };
}
