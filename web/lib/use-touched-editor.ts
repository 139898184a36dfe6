import { type ComponentType, type RefObject, useEffect, useRef, useState } from 'react';
import { whenTouched } from './when-touched.ts';

/** What was selected in the text area that an editor takes the place of; null where that had not the focus. */
export type TakenSelection = { from: number; to: number } | null;

/**
 * An editor that comes with a hand, since it is half as much code as the rest of the page; null until it is there, and for
 * good where it cannot be loaded, so the text area goes on. `load` is the one of the first drawing.
 */
export function useTouchedEditor<Props>(
  area: RefObject<HTMLTextAreaElement | null>,
  load: () => Promise<ComponentType<Props>>,
): { Editor: ComponentType<Props>; selection: TakenSelection } | null {
  const [loaded, setLoaded] = useState<{ Editor: ComponentType<Props>; selection: TakenSelection } | null>(null);
  const first = useRef(load);
  useEffect(() => {
    let isGone = false;
    const take = async () => {
      const Editor = await first.current();
      if (!isGone) setLoaded({ Editor, selection: findSelection(area.current) });
    };
    const callOff = whenTouched(() => void take().catch(() => undefined));
    return () => {
      isGone = true;
      callOff();
    };
  }, [area]);
  return loaded;
}

function findSelection(area: HTMLTextAreaElement | null): TakenSelection {
  if (area === null || document.activeElement !== area) return null;
  return { from: area.selectionStart, to: area.selectionEnd };
}
