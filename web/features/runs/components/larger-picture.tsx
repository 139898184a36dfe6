import { type ReactNode, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import type { Picture } from './picture-viewer.tsx';

const PictureViewer = lazyDialog(async () => (await import('./picture-viewer.tsx')).PictureViewer);

/** A picture that is shown large when it is pressed, with those beside it. */
export function LargerPicture({
  pictures,
  place = 0,
  className = '',
  children,
}: {
  pictures: readonly Picture[];
  /** Which of them this one is. */
  place?: number;
  className?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation('runs');
  const [isOpen, setIsOpen] = useState(false);
  const title = pictures[place]?.title ?? '';
  return (
    <>
      <button
        type="button"
        aria-label={t('artifact.view', { title })}
        onClick={() => setIsOpen(true)}
        className={`block max-w-full cursor-zoom-in ${className}`}
      >
        {children}
      </button>
      <PictureViewer open={isOpen} onOpenChange={setIsOpen} pictures={pictures} first={place} />
    </>
  );
}
