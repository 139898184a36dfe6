import katex from 'katex';
import 'katex/dist/katex.min.css';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** A formula set in type; `children` stand in its place when it cannot be read. Nothing in it links, loads or repeats without end. */
export default function TypesetFormula({
  source,
  isDisplayed,
  children,
}: {
  source: string;
  isDisplayed: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('runs');
  const place = useRef<HTMLSpanElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    try {
      katex.render(source, place.current, {
        displayMode: isDisplayed,
        trust: false,
        maxExpand: 200,
        maxSize: 20,
        strict: 'ignore',
        throwOnError: true,
      });
      setFault(null);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  }, [source, isDisplayed]);
  // A wide formula scrolls by itself, so it must be reachable by keyboard.
  const reachable = isDisplayed ? { role: 'group', tabIndex: 0, 'aria-label': t('formula.name') } : {};
  return (
    <>
      <span
        ref={place}
        hidden={fault !== null}
        className={isDisplayed ? 'formula-displayed' : 'formula'}
        {...reachable}
      />
      {fault !== null && <span title={t('formula.fault', { fault })}>{children}</span>}
    </>
  );
}
