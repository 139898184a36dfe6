import { ChevronLeft, ChevronRight, Download, Scan, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

export type Picture = { address: string; title: string; fileName: string };

const zooms = [1, 1.5, 2, 3, 4, 6];

type PictureViewerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pictures: readonly Picture[];
  first: number;
};

/** Pictures one at a time: larger and smaller, the next and the one before, by keys too, and to take along. */
export function PictureViewer(props: PictureViewerProps) {
  // It opens anew with the picture that was pressed.
  return <OpenViewer key={String(props.open)} {...props} />;
}

function OpenViewer({ open, onOpenChange, pictures, first }: PictureViewerProps) {
  const { t } = useTranslation('runs');
  const [place, setPlace] = useState(first);
  const [zoom, setZoom] = useState(0);
  const picture = pictures[place];
  const total = pictures.length;
  const turn = (by: number) => {
    setPlace((place + by + total) % total);
    setZoom(0);
  };
  const magnify = (by: number) => setZoom(Math.min(zooms.length - 1, Math.max(0, zoom + by)));
  const factor = zooms[zoom] ?? 1;
  useEffect(() => {
    if (!open) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const doings: Record<string, () => void> = {
        '+': () => magnify(1),
        '=': () => magnify(1),
        '-': () => magnify(-1),
        '0': () => setZoom(0),
        // A large picture is moved by the arrows.
        ...(total > 1 && zoom === 0 && { ArrowLeft: () => turn(-1), ArrowRight: () => turn(1) }),
      };
      const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : doings[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
  if (picture === undefined) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={picture.title}
      footer={
        <div className="flex w-full flex-wrap items-center gap-1">
          {total > 1 && (
            <>
              <IconButton label={t('picture.previous')} icon={<ChevronLeft />} onClick={() => turn(-1)} />
              <span role="status" className="px-1 text-sm text-ink-soft tabular-nums">
                {t('picture.place', { place: place + 1, total })}
              </span>
              <IconButton label={t('picture.next')} icon={<ChevronRight />} onClick={() => turn(1)} />
            </>
          )}
          <span className="ml-auto flex items-center gap-1">
            <IconButton
              label={t('picture.zoomOut')}
              icon={<ZoomOut />}
              aria-disabled={zoom === 0}
              onClick={() => magnify(-1)}
            />
            <span role="status" className="min-w-14 text-center text-sm text-ink-soft tabular-nums">
              {t('picture.zoom', { percent: factor * 100 })}
            </span>
            <IconButton
              label={t('picture.zoomIn')}
              icon={<ZoomIn />}
              aria-disabled={zoom === zooms.length - 1}
              onClick={() => magnify(1)}
            />
            <IconButton
              label={t('picture.fit')}
              icon={<Scan />}
              aria-disabled={zoom === 0}
              onClick={() => setZoom(0)}
            />
          </span>
          <Button asChild>
            <a href={picture.address} download={picture.fileName}>
              <Download aria-hidden />
              {t('artifact.download')}
            </a>
          </Button>
        </div>
      }
    >
      <ScrollRegion label={picture.title} className="max-h-[65dvh] rounded-md">
        <img
          key={picture.address}
          src={picture.address}
          alt={picture.title}
          style={factor === 1 ? undefined : { width: `${factor * 100}%` }}
          className={factor === 1 ? 'mx-auto max-h-[64dvh] max-w-full' : 'max-w-none'}
        />
      </ScrollRegion>
    </Dialog>
  );
}
