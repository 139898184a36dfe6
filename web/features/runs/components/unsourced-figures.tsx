import { useEffect, useRef } from 'react';
import { markFigures } from '#web/features/runs/mark-figures.ts';
import '#web/features/runs/mark-figures.css';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** Says which figures of the answer above are in no tool result, and marks them there; the reason opens. */
export default function UnsourcedFigures({ figures }: { figures: readonly string[] }) {
  const { t } = useTranslation('remarks');
  const line = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const answer = line.current?.parentElement?.querySelector(':scope > .markdown');
    return answer ? markFigures(answer, figures) : undefined;
  }, [figures]);
  return (
    <details ref={line} className="text-sm text-ink-soft">
      <summary className="w-fit rounded-sm py-1 hover:text-ink">
        {t('unsourced.summary', { count: figures.length })}
      </summary>
      <div className="grid gap-1 pb-1 pl-4">
        <p>{t('unsourced.why')}</p>
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {figures.map((figure) => (
            <li key={figure} className="font-mono break-all">
              {figure}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
