import type { ReactNode } from 'react';
import { GridLayout, useContainerWidth } from 'react-grid-layout';
import { type DashboardWidget, gridColumns } from '#server/contract/dashboard.ts';
import './arranged-grid.css';

type ArrangedGridProps = {
  widgets: readonly DashboardWidget[];
  onArrange: (widgets: DashboardWidget[]) => void;
  children: (widget: DashboardWidget) => ReactNode;
};

/** Widgets that are moved and made larger with a pointer; keys have their own way in each widget's menu. */
export function ArrangedGrid({ widgets, onArrange, children }: ArrangedGridProps) {
  const { width, containerRef, mounted } = useContainerWidth();
  return (
    <div ref={containerRef} className="min-w-0">
      {mounted && (
        <GridLayout
          width={width}
          gridConfig={{ cols: gridColumns, rowHeight: 80, margin: [16, 16], containerPadding: [0, 0] }}
          dragConfig={{ handle: '.widget-handle' }}
          layout={widgets.map(({ id, place }) => ({ i: id, ...place }))}
          onLayoutChange={(layout) => {
            const moved = widgets.map((widget) => {
              const item = layout.find(({ i }) => i === widget.id);
              return item === undefined
                ? widget
                : { ...widget, place: { x: item.x, y: item.y, w: item.w, h: Math.min(item.h, 20) } };
            });
            if (JSON.stringify(moved) !== JSON.stringify(widgets)) onArrange(moved);
          }}
        >
          {widgets.map((widget) => (
            <div key={widget.id}>{children(widget)}</div>
          ))}
        </GridLayout>
      )}
    </div>
  );
}
