import { ExternalLink, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type RefObject, useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Source } from '#server/contract/run-event.ts';
import { toSafeLink } from '#web/features/runs/markdown/safe-address.ts';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';

type SourceCardProps = {
  source: Source;
  anchor: RefObject<HTMLButtonElement | null>;
  state: 'closed' | 'shown' | 'held';
  /** Where the source stands in the list below the answer. */
  listAddress: string;
  onClose: () => void;
  onEnter: () => void;
  onLeave: () => void;
};

/** What a mark rests on: title, site, the passage where there is one. Only who pressed the mark is taken into the card. */
export default function SourceCard({ source, anchor, state, listAddress, onClose, onEnter, onLeave }: SourceCardProps) {
  const { t } = useTranslation('runs');
  const card = useRef<HTMLDivElement>(null);
  const address = source.url === null ? null : toSafeLink(source.url);
  const isHeld = state === 'held';
  const stay = (event: Event) => event.preventDefault();
  return (
    <Popover.Root open={state !== 'closed'} onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor
        virtualRef={{
          current: { getBoundingClientRect: () => anchor.current?.getBoundingClientRect() ?? new DOMRect() },
        }}
      />
      <Popover.Portal>
        <Popover.Content
          ref={card}
          // Another key when it is pressed: the focus goes into a card that was only shown before.
          key={isHeld ? 'held' : 'shown'}
          aria-label={t('source.mark', { number: source.number })}
          side="top"
          sideOffset={6}
          collisionPadding={12}
          className="z-40 grid w-88 max-w-[calc(100vw-1.5rem)] gap-2 rounded-md border border-line bg-raised p-4 text-sm shadow-lifted outline-none"
          onPointerEnter={onEnter}
          onPointerLeave={(event) => event.pointerType === 'mouse' && onLeave()}
          onOpenAutoFocus={isHeld ? undefined : stay}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (card.current?.contains(document.activeElement) || document.activeElement === document.body)
              anchor.current?.focus();
          }}
          onInteractOutside={(event) => {
            // The mark itself opens and closes.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault();
          }}
        >
          <div className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-0.5">
              <span className="font-medium wrap-anywhere">{source.title || address}</span>
              {address !== null && URL.canParse(address) && (
                <span className="text-xs text-ink-faint wrap-anywhere">{new URL(address).host}</span>
              )}
            </div>
            <IconButton
              label={t('common:action.close')}
              icon={<X />}
              size="small"
              tooltip={false}
              className="-mt-1.5 -mr-2"
              onClick={onClose}
            />
          </div>
          {source.excerpt && (
            <blockquote className="line-clamp-6 border-l-2 border-line-strong pl-3 text-ink-soft wrap-anywhere">
              {source.excerpt}
            </blockquote>
          )}
          <div className="flex flex-wrap gap-1">
            {address !== null && (
              <Button asChild size="small">
                <a href={address} target="_blank" rel="noopener noreferrer nofollow">
                  <ExternalLink aria-hidden />
                  {t('source.open')}
                </a>
              </Button>
            )}
            <Button asChild size="small" variant="quiet">
              <a href={listAddress} onClick={onClose}>
                {t('source.inList')}
              </a>
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
