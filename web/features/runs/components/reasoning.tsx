import { ChevronRight } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** What the model thought before it answered, folded. */
export function Reasoning({ text, isGrowing }: { text: string; isGrowing: boolean }) {
  const { t } = useTranslation('runs');
  return (
    <details className="group text-sm">
      <summary className="flex w-fit list-none items-center gap-1.5 rounded-sm py-1 text-ink-soft hover:text-ink">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {isGrowing ? t('reasoning.growing') : t('reasoning.done')}
      </summary>
      <div className="mt-1 ml-2 border-l-2 border-line pl-4 whitespace-pre-wrap text-ink-soft">{text}</div>
    </details>
  );
}
