import type { ReactNode } from 'react';
import type { WidgetPlace } from '#server/contract/dashboard.ts';
import './widget-grid.css';

type WidgetGridProps<Widget> = { widgets: readonly Widget[]; children: (widget: Widget) => ReactNode };

/** Widgets where they stand: a grid of twelve columns, one below the other on a phone. Read from the top, then from the left. */
export function WidgetGrid<Widget extends { id: string; place: WidgetPlace }>({
  widgets,
  children,
}: WidgetGridProps<Widget>) {
  const sorted = widgets.toSorted((one, other) => one.place.y - other.place.y || one.place.x - other.place.x);
  return (
    <div className="widget-grid">
      {sorted.map((widget) => {
        const { x, y, w, h } = widget.place;
        return (
          <div
            key={widget.id}
            style={{
              ['--column' as string]: `${x + 1} / span ${w}`,
              ['--row' as string]: `${y + 1} / span ${h}`,
              ['--least' as string]: `${h * 2}rem`,
            }}
          >
            {children(widget)}
          </div>
        );
      })}
    </div>
  );
}
