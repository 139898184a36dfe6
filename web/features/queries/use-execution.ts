import { useCallback, useEffect, useRef, useState } from 'react';
import type { Execution } from '#server/contract/execution.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { type Asked, cancelExecution, startExecution, waitForExecution } from './api/execution-requests.ts';

export type RunState =
  | { kind: 'none' }
  | { kind: 'running'; since: number }
  | { kind: 'ended'; execution: Execution }
  | { kind: 'refused'; error: unknown };

/** Runs SQL, one at a time; what still runs is stopped when another is run, or when the page is left. */
export function useExecution() {
  const [state, setState] = useState<RunState>({ kind: 'none' });
  const { run, cancel } = useCancellable();
  const running = useRef<string | null>(null);

  const stop = useCallback(() => {
    // The hub stops by itself what is waited for in the first request.
    cancel();
    if (running.current !== null) void cancelExecution(running.current).catch(() => undefined);
    running.current = null;
  }, [cancel]);
  useEffect(() => stop, [stop]);

  /** Answers with what came of it; null where it was stopped or refused. */
  const start = async (asked: Asked): Promise<Execution | null> => {
    stop();
    setState({ kind: 'running', since: Date.now() });
    try {
      const execution = await run(async (signal) => {
        let latest = await startExecution(asked, signal);
        while (latest.state === 'running') {
          running.current = latest.id;
          latest = await waitForExecution(latest.id, signal);
        }
        running.current = null;
        return latest;
      });
      if (execution !== null) setState({ kind: 'ended', execution });
      return execution;
    } catch (error) {
      setState({ kind: 'refused', error });
      return null;
    }
  };

  const cancelRun = () => {
    stop();
    setState({ kind: 'none' });
  };
  /** Shows an execution of before. */
  const show = (execution: Execution) => {
    stop();
    setState({ kind: 'ended', execution });
  };
  return { state, start, cancel: cancelRun, show };
}
