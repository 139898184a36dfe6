import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '#web/lib/api-problem.ts';
import type { StreamedRunEvent, StreamRunOptions } from '#web/lib/run-stream.ts';
import { cancelRun } from './api/cancel-run.ts';
import { reduceRun } from './reduce-run.ts';
import { emptyRunView, isUnderWay, type RunView } from './run-view.ts';

/** A run that this page reads as it happens. `problem`: it could not be started, or its stream was lost for good. */
export type LiveRun = { view: RunView; connection: 'open' | 'reconnecting'; problem: ApiProblem | null };

type Open = (listening: Pick<StreamRunOptions, 'signal' | 'onConnection'>) => AsyncIterable<StreamedRunEvent>;

const longTextLength = 40_000;
const longTextPauseMs = 200;

/**
 * Reads one run at a time; `onSettled` is told when it ended or could not be read, `onStart` when it has begun. `cancel` is
 * how it is stopped, where that is not as a person's own.
 */
export function useLiveRun({
  onStart,
  onSettled,
  cancel = cancelRun,
}: {
  onStart?: ((view: RunView) => void) | undefined;
  onSettled: (live: LiveRun) => void;
  cancel?: (run: string) => Promise<void>;
}) {
  const [live, setLive] = useState<LiveRun | null>(null);
  const reading = useRef<AbortController | null>(null);
  const stopWanted = useRef(false);
  const told = useRef({ onStart, onSettled, cancel });
  useEffect(() => {
    told.current = { onStart, onSettled, cancel };
  });
  useEffect(() => () => reading.current?.abort(), []);

  const read = useCallback(async (open: Open) => {
    reading.current?.abort();
    const controller = new AbortController();
    reading.current = controller;
    stopWanted.current = false;
    let current: LiveRun = { view: emptyRunView, connection: 'open', problem: null };
    let timer: ReturnType<typeof setTimeout> | number | null = null;
    setLive(current);
    const show = () => {
      timer = null;
      if (!controller.signal.aborted) setLive(current);
    };
    const change = (part: Partial<LiveRun>) => {
      current = { ...current, ...part };
      if (timer !== null) return;
      timer =
        current.view.text.length > longTextLength ? setTimeout(show, longTextPauseMs) : requestAnimationFrame(show);
    };
    try {
      const events = open({ signal: controller.signal, onConnection: (connection) => change({ connection }) });
      for await (const { event } of events) {
        change({ view: reduceRun(current.view, event) });
        if (event.type !== 'run-start') continue;
        told.current.onStart?.(current.view);
        if (stopWanted.current) await told.current.cancel(event.run);
      }
    } catch (error) {
      if (controller.signal.aborted) return;
      change({ problem: error instanceof ApiProblem ? error : ApiProblem.network(error) });
    }
    if (controller.signal.aborted) return;
    setLive(current);
    told.current.onSettled(current);
  }, []);

  const clear = useCallback(() => {
    reading.current?.abort();
    setLive(null);
  }, []);

  /** Asks the hub to stop the run; what has come so far stays. */
  const stop = useCallback(async () => {
    stopWanted.current = true;
    const run = live?.view.run;
    if (run) await told.current.cancel(run);
  }, [live?.view.run]);

  return { live, isReading: live !== null && live.problem === null && isUnderWay(live.view), read, stop, clear };
}
