/** How far each is measured: what it held, and how wide it was. */
const measured = new WeakMap<HTMLTextAreaElement, string>();

/** Lets text areas grow with what is written where the browser does not by itself (`field-sizing`): Safari until 26.1. */
export function growTextAreas(): void {
  // What was pressed or written is drawn by then.
  const later = () => requestAnimationFrame(fitAll);
  for (const kind of ['input', 'keyup', 'click', 'focusin']) document.addEventListener(kind, later, { passive: true });
}

function fitAll(): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>('textarea.field-sizing-content')) {
    const state = `${area.clientWidth} ${area.value}`;
    if (measured.get(area) === state || area.clientWidth === 0) continue;
    measured.set(area, state);
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  }
}
