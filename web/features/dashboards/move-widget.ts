import { type DashboardWidget, gridColumns, type WidgetPlace } from '#server/contract/dashboard.ts';

type Placed = Pick<DashboardWidget, 'id' | 'place'>;

const meet = (one: WidgetPlace, other: WidgetPlace) =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

/**
 * Puts a widget at a place; those in its way move down, and all of them as far up as there is room.
 *
 * The one that was moved goes before others at the same height, so that a step up or down changes places with a neighbour.
 */
export function moveWidget<Widget extends Placed>(widgets: readonly Widget[], id: string, to: WidgetPlace): Widget[] {
  const w = Math.min(Math.max(to.w, 1), gridColumns);
  const wanted = {
    w,
    h: Math.min(Math.max(to.h, 1), 20),
    x: Math.min(Math.max(to.x, 0), gridColumns - w),
    y: Math.max(to.y, 0),
  };
  const from = widgets.find((widget) => widget.id === id)?.place ?? wanted;
  const isDown = wanted.y > from.y;
  const order = (widget: Widget) => (widget.id === id ? wanted.y + (isDown ? 0.5 : -0.5) : widget.place.y);
  const sorted = widgets
    .map((widget) => (widget.id === id ? { ...widget, place: wanted } : widget))
    .toSorted((one, other) => order(one) - order(other) || one.place.x - other.place.x);
  const laid: Widget[] = [];
  for (const widget of sorted) {
    let y = 0;
    const place = () => ({ ...widget.place, y });
    while (laid.some((other) => meet(other.place, place()))) y += 1;
    laid.push({ ...widget, place: place() });
  }
  return widgets.map((widget) => laid.find((other) => other.id === widget.id) ?? widget);
}

export type Step = 'left' | 'right' | 'up' | 'down' | 'wider' | 'narrower' | 'taller' | 'shorter';
export const steps: readonly Step[] = ['up', 'down', 'left', 'right', 'wider', 'narrower', 'taller', 'shorter'];

/** One step of a widget; up and down go past the neighbour that is there. */
export function stepWidget<Widget extends Placed>(widgets: readonly Widget[], id: string, step: Step): Widget[] {
  const place = widgets.find((widget) => widget.id === id)?.place;
  if (place === undefined) return [...widgets];
  const others = widgets.filter((widget) => widget.id !== id).map((widget) => widget.place);
  const beside = others.filter((other) => other.x < place.x + place.w && place.x < other.x + other.w);
  const above = beside.filter((other) => other.y < place.y).toSorted((one, other) => other.y - one.y)[0];
  const below = beside.filter((other) => other.y >= place.y + place.h).toSorted((one, other) => one.y - other.y)[0];
  const changes: Record<Step, Partial<WidgetPlace>> = {
    left: { x: place.x - 1 },
    right: { x: place.x + 1 },
    up: { y: above?.y ?? 0 },
    down: { y: below === undefined ? place.y : below.y },
    wider: { w: Math.min(place.w + 1, gridColumns - place.x) },
    narrower: { w: place.w - 1 },
    taller: { h: place.h + 1 },
    shorter: { h: place.h - 1 },
  };
  return moveWidget(widgets, id, { ...place, ...changes[step] });
}
