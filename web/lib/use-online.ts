import { useSyncExternalStore } from 'react';
import { send } from './api-client.ts';
import { ApiProblem } from './api-problem.ts';

let isOnline = true;
const listeners = new Set<() => void>();

function change(next: boolean): void {
  if (next === isOnline) return;
  isOnline = next;
  for (const listener of listeners) listener();
}

const onOnline = () => change(true);

/** A device without a network still has the hub that runs on it. */
async function onOffline(): Promise<void> {
  try {
    await send({ path: '/health/live' });
  } catch (error) {
    const isUnreachable = error instanceof ApiProblem && error.kind === 'network';
    if (isUnreachable && !navigator.onLine) change(false);
  }
}

const onOfflineEvent = () => void onOffline();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOfflineEvent);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener('online', onOnline);
    window.removeEventListener('offline', onOfflineEvent);
  };
}

/** Whether the hub can be reached, as far as the device's network goes. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOnline,
    () => true,
  );
}
