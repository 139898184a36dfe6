import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { FallbackView } from '#web/features/runs/run-view.ts';

/** Says that another model went on, and opens to why. */
export default function FallbackLine({ fallback: { from, to, detail, continues } }: { fallback: FallbackView }) {
  const { t } = useTranslation('remarks');
  return (
    <details className="text-sm text-ink-soft">
      <summary className="w-fit rounded-sm py-1 hover:text-ink">
        {t(continues ? 'fallback.continued' : 'fallback.replaced', { from, to })}
      </summary>
      <p className="pb-1 pl-4 break-words">{detail}</p>
    </details>
  );
}
