import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ToolsetWithTools } from '#server/contract/toolset.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { keepToolset, updateToolset } from './api/toolset-requests.ts';

type Names = ReadonlySet<string>;
const pauseMs = 400;
/** Browsers let no more than 64 kB go on when a page is left; a name has 64 characters at most. */
const mostKeptAlive = 800;

/**
 * Which tools of a toolset agents can be given, and how to change that.
 *
 * A change is in sight at once and sent a moment later, with those that follow it, or when the page is left; what is
 * refused is taken back.
 */
export function useEnabledTools(toolset: ToolsetWithTools) {
  const { id, tools } = toolset;
  const cache = useQueryClient();
  const stored = useMemo(() => new Set(tools.filter(({ isEnabled }) => isEnabled).map(({ name }) => name)), [tools]);
  const [wished, setWished] = useState<Names | null>(null);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; send: () => void } | null>(null);
  const enabled = wished ?? stored;

  // The wish stays in sight until the answer to it is: the page hears of that a moment after the mutation does.
  const granted = useRef<Names | null>(null);
  useEffect(() => setWished((now) => (now === granted.current ? null : now)), [tools]);
  const { mutate } = useMutation({
    // One after another, so that the last wish is the last to arrive.
    scope: { id: `toolset-tools-${id}` },
    mutationFn: (names: Names) =>
      updateToolset(id, { enabled: [...names] }, { keepalive: names.size <= mostKeptAlive }),
    onSuccess: (answer, names) => {
      granted.current = names;
      keepToolset(cache, answer);
    },
    onError: (error, names) => {
      showProblemToast(error);
      setWished((now) => (now === names ? null : now));
    },
  });

  const latest = useRef(enabled);
  useEffect(() => {
    latest.current = enabled;
  });
  useEffect(() => {
    const finish = () => {
      if (waiting.current === null) return;
      clearTimeout(waiting.current.timer);
      waiting.current.send();
    };
    window.addEventListener('pagehide', finish);
    return () => {
      window.removeEventListener('pagehide', finish);
      finish();
    };
  }, []);

  const change = useCallback(
    (names: readonly string[], isEnabled: boolean) => {
      const next = new Set(latest.current);
      for (const name of names) {
        if (isEnabled) next.add(name);
        else next.delete(name);
      }
      latest.current = next;
      setWished(next);
      if (waiting.current !== null) clearTimeout(waiting.current.timer);
      const send = () => {
        waiting.current = null;
        mutate(next);
      };
      waiting.current = { timer: setTimeout(send, pauseMs), send };
    },
    [mutate],
  );

  return { enabled, change };
}
