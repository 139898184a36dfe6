import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** Stands where an answer will begin. */
export function ThinkingLine() {
  const { t } = useTranslation('runs');
  return (
    <p className="flex items-center gap-2 text-sm text-ink-faint">
      <span aria-hidden className="size-2.5 animate-breathe rounded-full bg-accent" />
      {t('thinking')}
    </p>
  );
}
