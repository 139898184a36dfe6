import { whenIdle } from '#web/lib/when-idle.ts';

/** Lets the browser keep the built files, and offer the page as an app. Browsers want HTTPS, or this very machine, for it. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Without it the page works as well; a browser that refuses has its reasons.
  whenIdle(() => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined));
}
