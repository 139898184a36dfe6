import { FormProvider, useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { z } from 'zod';
import { LoadToolsetInput, type ToolsetWithTools } from '#server/contract/toolset.ts';
import { loadToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { DescriptionFields, type DescriptionValues } from './description-fields.tsx';
import { WorkActions } from './work-actions.tsx';

type LoadDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  toolset: string;
  onDone: (toolset: ToolsetWithTools | null) => void;
};

const WrittenInput = LoadToolsetInput.required();
const nothing: DescriptionValues = { source: 'text', url: '', text: '', file: '' };
const toInput = ({ source, text, file }: DescriptionValues) => {
  const written = source === 'file' ? file : text;
  return { text: written.trim() === '' ? null : written };
};

/** Takes a description anew that was pasted the first time. */
export function LoadDialog({ open, onOpenChange, toolset, onDone }: LoadDialogProps) {
  const { t } = useTranslation('toolsets');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('load.again')} description={t('load.pasteText')}>
      <LoadForm toolset={toolset} onDone={onDone} />
    </Dialog>
  );
}

function LoadForm({ toolset, onDone }: Pick<LoadDialogProps, 'toolset' | 'onDone'>) {
  const { t } = useTranslation('toolsets');
  const { run, cancel } = useCancellable();
  const form = useForm({ resolver: formResolver(WrittenInput, toInput), defaultValues: nothing });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ text }: z.output<typeof WrittenInput>) => run((signal) => loadToolset(toolset, text, signal)),
    onDone,
  });
  return (
    <FormProvider {...form}>
      <Form
        onSubmit={submit}
        error={error}
        actions={<WorkActions busy={busy} doing={t('load.doing')} submitLabel={t('load.submit')} onCancel={cancel} />}
      >
        <DescriptionFields sources={['text', 'file']} />
      </Form>
    </FormProvider>
  );
}
