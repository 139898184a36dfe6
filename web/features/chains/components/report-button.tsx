import { useMutation } from '@tanstack/react-query';
import { FileDown } from 'lucide-react';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { Button } from '#web/ui/button.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';

/** Saves what a reading says as a PDF. */
export function ReportButton({ name, read }: { name: string; read: () => Promise<Blob> }) {
  const { mutate, isPending } = useMutation({
    mutationFn: read,
    onSuccess: (file) => saveFile(toSavedName(name, 'pdf'), file),
    onError: showProblemToast,
  });
  return (
    <Button size="small" icon={<FileDown aria-hidden />} busy={isPending} onClick={() => mutate()}>
      PDF
    </Button>
  );
}
