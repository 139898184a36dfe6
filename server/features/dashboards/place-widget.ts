import { type DashboardWidget, gridColumns, type WidgetPlace } from '#server/contract/dashboard.ts';

const sizes: Record<DashboardWidget['kind'], { w: number; h: number }> = {
  chart: { w: 6, h: 4 },
  table: { w: 6, h: 4 },
  counter: { w: 3, h: 2 },
  text: { w: 6, h: 2 },
};

/** A place below or beside the last widget, where one of its kind has room. */
export function placeWidget(kind: DashboardWidget['kind'], widgets: readonly { place: WidgetPlace }[]): WidgetPlace {
  const { w, h } = sizes[kind];
  const places = widgets.map(({ place }) => place);
  const isFree = (x: number, y: number) =>
    places.every((place) => x + w <= place.x || place.x + place.w <= x || y + h <= place.y || place.y + place.h <= y);
  const end = Math.max(0, ...places.map(({ y, h: height }) => y + height));
  const lastRow = Math.max(0, ...places.map(({ y }) => y));
  for (let x = 0; x + w <= gridColumns; x += 1) if (isFree(x, lastRow)) return { x, y: lastRow, w, h };
  return { x: 0, y: end, w, h };
}
