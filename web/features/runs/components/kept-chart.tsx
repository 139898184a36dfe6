import { useState } from 'react';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { readSvgSize } from '#web/features/runs/drawing/size-svg.ts';
import { classNames } from '#web/lib/class-names.ts';
import { toSavedName } from '#web/lib/save-file.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { useObjectUrl } from '#web/lib/use-object-url.ts';
import { useChart } from './use-chart.ts';

export type KeptChartProps = {
  chart: { id: string; title: LocalizedText; specification: JsonObject };
  /** Where the hub draws it. */
  address: string;
  saveLabel: string;
};

/** A chart of a kept report in the theme's colours and as wide as its place; a press saves it as the hub draws it. */
export function KeptChart({ chart: { title, specification }, address, saveLabel }: KeptChartProps) {
  const name = useLocalized()(title);
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const { isDrawing, svg, isOld } = useChart({ title: name, specification }, place);
  const drawn = useObjectUrl(svg, 'image/svg+xml');
  const isReady = svg !== null && drawn !== null;
  return (
    <figure className="m-0 grid min-w-0 grid-cols-1 content-start gap-2">
      <figcaption className="text-sm font-medium wrap-anywhere">{name}</figcaption>
      <a
        ref={setPlace}
        href={address}
        download={toSavedName(name, 'svg')}
        title={saveLabel}
        aria-busy={isDrawing || isOld}
        className="block min-h-40 overflow-hidden rounded-md border border-line bg-surface"
      >
        {isReady || !isDrawing ? (
          // What cannot be drawn here is shown as the hub draws it.
          <img
            src={drawn ?? address}
            alt={name}
            className={classNames('mx-auto h-auto max-w-full', isOld && 'invisible')}
            {...(svg !== null && readSvgSize(svg))}
          />
        ) : (
          <div className="h-60 animate-breathe bg-sunken" />
        )}
      </a>
    </figure>
  );
}
