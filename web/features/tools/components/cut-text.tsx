import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';

const shownAtFirst = 8_000;

/** A text for machines, of which a long one is shown by its beginning. */
export function CutText({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation('tools');
  const format = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const isCut = text.length > shownAtFirst && !isWhole;
  return (
    <div className="grid min-w-0 gap-2">
      <CodeBlock label={label} code={isCut ? `${text.slice(0, shownAtFirst)}…` : text} wrap />
      {isCut && (
        <p className="flex flex-wrap items-center gap-x-3 text-sm text-ink-soft">
          {t('result.cut', { shown: format.number(shownAtFirst), length: format.number(text.length) })}
          <Button size="small" variant="quiet" onClick={() => setIsWhole(true)}>
            {t('result.showAll')}
          </Button>
        </p>
      )}
    </div>
  );
}
