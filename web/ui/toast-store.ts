import { useSyncExternalStore } from 'react';

export type Toast = {
  id: number;
  title: string;
  detail?: string | undefined;
  tone?: 'neutral' | 'success' | 'danger';
  /** The way to take back what it tells. */
  action?: { label: string; onAction: () => void } | undefined;
  /** Told when it goes and nobody took its action. */
  onLeave?: (() => void) | undefined;
  /** How long it stays; longer with an action. */
  durationMs?: number | undefined;
};

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, in the corner and to screen readers; at most three stand at a time. */
export function showToast(toast: Omit<Toast, 'id'>): number {
  lastId += 1;
  const [oldest] = toasts;
  if (toasts.length > 2 && oldest) dismissToast(oldest.id);
  replace([...toasts, { ...toast, id: lastId }]);
  return lastId;
}

function take(id: number): Toast | undefined {
  const taken = toasts.find((toast) => toast.id === id);
  if (taken) replace(toasts.filter((toast) => toast !== taken));
  return taken;
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  take(id)?.onLeave?.();
}

/** Does what a toast offers, once, and takes it away. */
export function actOnToast(id: number): void {
  take(id)?.action?.onAction();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The toasts that stand now, oldest first. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    subscribe,
    () => toasts,
    () => toasts,
  );
}
