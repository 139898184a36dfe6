import { useSyncExternalStore } from 'react';

export type Toast = {
  id: number;
  title: string;
  detail?: string | undefined;
  tone?: 'neutral' | 'success' | 'danger';
  /** One way to react, such as undo. */
  action?: { label: string; onAction: () => void } | undefined;
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
  replace([...toasts.slice(-2), { ...toast, id: lastId }]);
  return lastId;
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  replace(toasts.filter((toast) => toast.id !== id));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The toasts that stand now, oldest first. */
export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(subscribe, () => toasts);
}
