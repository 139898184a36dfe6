import { act } from '@testing-library/react';

const handler = 'oncontentvisibilityautostatechange';

/** Has the page tell what comes near the view, as browsers do that lay pages out; the answer ends it. */
export function tellNearViews(): () => void {
  Object.defineProperty(Element.prototype, handler, { value: null, configurable: true });
  return () => void Reflect.deleteProperty(Element.prototype, handler);
}

/** An element comes near the view, or leaves it. */
export function moveView(element: Element | null | undefined, to: 'near' | 'far'): void {
  const event = Object.assign(new Event(handler.slice(2)), { skipped: to === 'far' });
  act(() => void element?.dispatchEvent(event));
}
