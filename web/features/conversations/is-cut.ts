import type { RunView } from '#web/features/runs/run-view.ts';

/** Whether more of an answer may be had: its model reached its limit, or somebody stopped it. */
export const isCut = ({ status, finishReason, text }: RunView) =>
  text !== '' && (status === 'cancelled' || status === 'interrupted' || finishReason === 'length');
