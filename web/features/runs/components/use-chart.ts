import { useEffect, useState } from 'react';
import type { JsonObject } from '#server/contract/json.ts';
import { drawChart } from '#web/features/runs/drawing/draw-chart.ts';
import { toThemedChart } from '#web/features/runs/drawing/to-themed-chart.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useThemeColours } from '#web/lib/theme-colours.ts';

type Chart = { isDrawing: boolean; svg: string | null };
type Drawn = Chart & { isDark: boolean };

const restMs = 150;
const stepPx = 8;

/**
 * A chart in the theme's colours, as wide as `place`; once it is not drawing and has no SVG, it cannot be drawn here.
 *
 * `isOld`: what is there has another theme's colours, and the next is being drawn.
 */
export function useChart(
  { title, specification }: { title: string; specification: JsonObject },
  place: HTMLElement | null,
): Chart & { isOld: boolean } {
  const { isDark, readColour } = useThemeColours();
  const { language } = useTranslation('common');
  const [chart, setChart] = useState<Drawn>({ isDrawing: true, svg: null, isDark });
  const widthPx = useWidth(place);
  useEffect(() => {
    if (widthPx === 0) return;
    let isCurrent = true;
    drawChart(toThemedChart(specification, { title, language, readColour, widthPx })).then(
      (svg) => isCurrent && setChart({ isDrawing: false, svg, isDark }),
      () => isCurrent && setChart({ isDrawing: false, svg: null, isDark }),
    );
    return () => {
      isCurrent = false;
    };
  }, [title, specification, language, isDark, readColour, widthPx]);
  return { ...chart, isOld: chart.svg !== null && chart.isDark !== isDark };
}

/** The width of a place, once it has come to rest. */
function useWidth(place: HTMLElement | null): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (place === null) return;
    const measure = () => setWidth(Math.floor(place.clientWidth / stepPx) * stepPx);
    measure();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(measure, restMs);
    });
    observer.observe(place);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [place]);
  return width;
}
