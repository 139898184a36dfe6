import { useTranslation } from '#web/lib/i18n/use-translation.ts';

const stepPx = 16;
const narrowestPx = 48;
const widestPx = 2000;

/** The edge of a column's head, by which it is made wider or narrower; a double press gives it the width of its contents. */
export function ColumnEdge({
  column,
  widthPx,
  onResize,
}: {
  column: string;
  widthPx: number;
  onResize: (widthPx: number | null) => void;
}) {
  const { t } = useTranslation('queries');
  const resize = (next: number) => onResize(Math.min(widestPx, Math.max(narrowestPx, Math.round(next))));
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t('result.width', { column })}
      aria-valuenow={Math.round(widthPx)}
      aria-valuemin={narrowestPx}
      aria-valuemax={widestPx}
      className="absolute inset-y-0 right-0 w-2 cursor-col-resize touch-none border-r-2 border-transparent hover:border-accent focus-visible:border-accent"
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' ? stepPx : event.key === 'ArrowLeft' ? -stepPx : 0;
        if (step === 0) return;
        event.preventDefault();
        resize(widthPx + step);
      }}
      onDoubleClick={() => onResize(null)}
      onPointerDown={(event) => {
        const { currentTarget: edge, clientX: startX, pointerId } = event;
        event.preventDefault();
        edge.focus();
        edge.setPointerCapture(pointerId);
        const move = ({ clientX }: PointerEvent) => resize(widthPx + clientX - startX);
        const end = new AbortController();
        edge.addEventListener('pointermove', move, { signal: end.signal });
        edge.addEventListener('lostpointercapture', () => end.abort(), { signal: end.signal });
      }}
    />
  );
}
