import { useMutation, useQueryClient } from '@tanstack/react-query';
import { finishDeletions } from '#web/ui/delete-with-undo.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { forgetPerson } from './forget-person.ts';
import { signOut } from './sign-out.ts';

/** Signs out and forgets everything that was read. */
export function useSignOut() {
  const cache = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: async () => {
      await finishDeletions();
      await signOut();
    },
    onSuccess: () => forgetPerson(cache),
    onError: showProblemToast,
  });
  return () => mutate();
}
