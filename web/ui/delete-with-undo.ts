import { translate } from '#web/lib/i18n/texts.ts';
import { useSyncExternalStore } from 'react';
import { isProblem } from '#web/lib/api-problem.ts';
import { findActedOn, holdPlace } from './hold-place.ts';
import { showProblemToast } from './problem-toast.ts';
import { dismissToast, showToast } from './toast-store.ts';

type Deletion = {
  /** What is deleted; lists leave it out by that. */
  id: string;
  title: string;
  /** What it will mean. */
  detail: string;
  send: () => Promise<void>;
  /** Reads anew what the hub has, whether it deleted or refused. */
  reload: () => Promise<unknown>;
  onUndo?: (() => void) | undefined;
};

let leaving: ReadonlySet<string> = new Set();
const toasts = new Set<number>();
const underWay = new Set<Promise<void>>();
const listeners = new Set<() => void>();

function replace(change: (ids: Set<string>) => void): void {
  const next = new Set(leaving);
  change(next);
  leaving = next;
  for (const listener of listeners) listener();
}

/**
 * Takes something out of sight and offers it back; the hub is asked to delete it when the offer ends.
 *
 * The offer also ends when the page is left or hidden, so that a closed tab or a sleeping phone forgets no deletion.
 */
export function deleteWithUndo({ id, title, detail, send, reload, onUndo }: Deletion): void {
  const keepFocus = holdPlace(findActedOn());
  const comeBack = () => replace((ids) => ids.delete(id));
  const finish = async () => {
    toasts.delete(toast);
    keepFocus();
    try {
      await send();
    } catch (error) {
      if (!isProblem(error, 'not_found')) showProblemToast(error);
    }
    await reload().catch(() => undefined);
    comeBack();
  };
  window.addEventListener('pagehide', endOffers);
  document.addEventListener('visibilitychange', onVisibility);
  replace((ids) => ids.add(id));
  const toast = showToast({
    title,
    detail,
    action: {
      label: translate('common:action.undo'),
      onAction: () => {
        toasts.delete(toast);
        comeBack();
        onUndo?.();
        keepFocus();
      },
    },
    onLeave: () => {
      const finished = finish().finally(() => underWay.delete(finished));
      underWay.add(finished);
    },
  });
  toasts.add(toast);
}

function endOffers(): void {
  for (const toast of toasts) dismissToast(toast);
}

/** Ends every offer, and resolves when the hub has been asked: before the person who may ask is gone. */
export async function finishDeletions(): Promise<void> {
  endOffers();
  await Promise.all(underWay);
}

function onVisibility(): void {
  if (document.visibilityState === 'hidden') endOffers();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A list without what is being deleted. */
export function useWithoutDeleted<Item extends { id: string }>(items: readonly Item[]): readonly Item[];
export function useWithoutDeleted<Item extends { id: string }>(
  items: readonly Item[] | undefined,
): readonly Item[] | undefined;
export function useWithoutDeleted<Item extends { id: string }>(items: readonly Item[] | undefined) {
  const ids = useSyncExternalStore(
    subscribe,
    () => leaving,
    () => leaving,
  );
  return ids.size === 0 ? items : items?.filter(({ id }) => !ids.has(id));
}
