import type { DetachedWindowAPI } from 'happy-dom';

const controls = () => (window as unknown as { happyDOM: DetachedWindowAPI }).happyDOM;

/** Lets the page of a test live at this address, so that its requests go there. */
export function openAddress(url: string): void {
  controls().setURL(url);
}

/** Ends the page's requests and timers, so that a server can be closed after it. */
export function closePage(): Promise<void> {
  return controls().abort();
}
