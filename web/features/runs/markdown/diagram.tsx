import { ChartNetwork, Code, Download } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { LargerPicture } from '#web/features/runs/components/larger-picture.tsx';
import { DiagramTooSlow, drawDiagram, longestDiagram } from '#web/features/runs/drawing/draw-diagram.ts';
import { useFormat } from '#web/lib/format.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { useThemeColours } from '#web/lib/theme-colours.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { Button } from '#web/ui/button.tsx';
import { Notice } from '#web/ui/notice.tsx';

const svgType = 'image/svg+xml';
type Drawn = { source: string; svg: string } | { source: string; error: unknown };

/** A Mermaid text as the diagram that it describes, in the theme's colours; `children` are its source. */
export default function Diagram({ source, children }: { source: string; children: ReactNode }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  const [asSource, setAsSource] = useState(false);
  const drawn = useDiagram(source);
  const svg = drawn !== null && 'svg' in drawn ? drawn.svg : null;
  const address = useObjectUrl(svg, svgType);
  if (drawn !== null && 'error' in drawn) {
    const reason =
      drawn.error instanceof DiagramTooSlow
        ? t('diagram.tooSlow')
        : drawn.error instanceof RangeError
          ? t('diagram.tooLong', { limit: format.number(longestDiagram) })
          : drawn.error instanceof Error
            ? drawn.error.message
            : String(drawn.error);
    return (
      <div className="grid min-w-0 gap-2">
        <Notice tone="warning" title={t('diagram.failed')}>
          <pre className="max-h-32 overflow-auto font-mono text-xs whitespace-pre-wrap">{reason}</pre>
        </Notice>
        {children}
      </div>
    );
  }
  return (
    <figure className="grid min-w-0 gap-2 rounded-lg border border-line bg-surface p-3">
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-sm">
        <span className="font-medium">{t('diagram.name')}</span>
        <span className="flex flex-wrap gap-1">
          <Button
            size="small"
            variant="quiet"
            icon={asSource ? <ChartNetwork aria-hidden /> : <Code aria-hidden />}
            onClick={() => setAsSource(!asSource)}
          >
            {asSource ? t('diagram.asDiagram') : t('diagram.asSource')}
          </Button>
          {svg !== null && (
            <Button
              size="small"
              variant="quiet"
              icon={<Download aria-hidden />}
              onClick={() => saveFile(toSavedName(t('diagram.name'), 'svg'), new Blob([svg], { type: svgType }))}
            >
              {t('diagram.save')}
            </Button>
          )}
        </span>
      </figcaption>
      {asSource ? (
        children
      ) : address === null ? (
        <p role="status" className="grid min-h-40 animate-breathe place-items-center text-sm text-ink-faint">
          {t('diagram.drawing')}
        </p>
      ) : (
        <LargerPicture
          pictures={[{ address, title: t('diagram.name'), fileName: toSavedName(t('diagram.name'), 'svg') }]}
        >
          <img src={address} alt={source} className="mx-auto max-h-[70dvh] max-w-full" />
        </LargerPicture>
      )}
    </figure>
  );
}

/** The diagram as it is drawn last; null until it is there. */
function useDiagram(source: string): Drawn | null {
  const { isDark, readColour } = useThemeColours();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const drawing =
      source.length > longestDiagram ? Promise.reject(new RangeError()) : drawDiagram(source, readColour, signal);
    drawing.then(
      (svg) => !signal.aborted && setDrawn({ source, svg }),
      (error: unknown) => !signal.aborted && setDrawn({ source, error }),
    );
    return () => controller.abort();
  }, [source, isDark, readColour]);
  return drawn?.source === source ? drawn : null;
}
