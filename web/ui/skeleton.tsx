import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';

/** The shape of something that is on its way; give it the size of what will come. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('animate-breathe rounded-md bg-sunken', className ?? 'h-5 w-full')} />;
}

/** Several lines that are on their way, said once to screen readers. */
export function SkeletonList({ rows = 4, rowClassName = 'h-14 w-full' }: { rows?: number; rowClassName?: string }) {
  const { t } = useTranslation('common');
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className={rowClassName} />
      ))}
    </div>
  );
}
