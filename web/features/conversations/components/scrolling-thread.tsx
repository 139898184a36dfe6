import { ArrowDown } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { classNames } from '#web/lib/class-names.ts';
import { keepsPlace } from '#web/lib/use-form-near-view.ts';
import { Button } from '#web/ui/button.tsx';

/** Where a conversation scrolls, with a way back to its end. */
export function ScrollingThread({
  container,
  content,
  isAtEnd,
  isCentred,
  onJump,
  children,
}: {
  container: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** What is little stands in the middle. */
  isCentred: boolean;
  onJump: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation('conversations');
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={container}
        {...keepsPlace}
        // What lets the page's ground through is else painted anew as a whole in each frame that scrolls.
        className="relative h-full overflow-y-auto overscroll-contain will-change-scroll [overflow-anchor:none]"
      >
        <div
          ref={content}
          className={classNames('mx-auto grid max-w-3xl gap-6 px-4 py-6', isCentred && 'min-h-full content-center')}
        >
          {children}
        </div>
      </div>
      {!isAtEnd && (
        <Button
          size="small"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow-lifted"
          icon={<ArrowDown aria-hidden />}
          onClick={onJump}
        >
          {t('chat.jump')}
        </Button>
      )}
    </div>
  );
}
