import { useMutation, useQueryClient } from '@tanstack/react-query';
import { forgetComposerDrafts } from '#web/lib/composer-drafts.ts';
import { finishDeletions } from '#web/ui/delete-with-undo.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { sessionQuery } from './session.ts';
import { signOut } from './sign-out.ts';

/** Signs out and forgets everything that was read. */
export function useSignOut() {
  const cache = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: async () => {
      await finishDeletions();
      await signOut();
    },
    onSuccess: async () => {
      forgetComposerDrafts();
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionQuery.queryKey[0] });
      await cache.invalidateQueries(sessionQuery);
    },
    onError: showProblemToast,
  });
  return () => mutate();
}
