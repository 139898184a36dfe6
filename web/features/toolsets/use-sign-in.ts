import { useMutation } from '@tanstack/react-query';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { beginSignIn } from './api/toolset-requests.ts';
import { rememberSignIn } from './sign-in-memory.ts';
import type { ToolsetPaths } from './toolset-paths.ts';

/** Begins to sign in with a toolset's service: the hub says where, and the page is left. */
export function useSignIn(paths: Pick<ToolsetPaths, 'leave'>) {
  return useMutation({
    mutationFn: async (toolset: string) => {
      const { url } = await beginSignIn(toolset);
      if (!/^https?:$/.test(new URL(url).protocol)) throw new Error('A sign-in page has a web address.');
      rememberSignIn(toolset);
      paths.leave(url);
    },
    onError: showProblemToast,
  });
}
