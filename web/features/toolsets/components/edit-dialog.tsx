import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type ToolsetWithTools, UpdateToolsetInput } from '#server/contract/toolset.ts';
import { updateToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type EditDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  toolset: ToolsetWithTools;
  onDone: (changed: ToolsetWithTools) => void;
};

/** Changes a toolset's name, and where its operations are sent. */
export function EditDialog({ open, onOpenChange, toolset, onDone }: EditDialogProps) {
  const { t } = useTranslation('toolsets');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('edit.title', { name: toolset.name })} size="small">
      <EditForm toolset={toolset} onDone={onDone} />
    </Dialog>
  );
}

function EditForm({ toolset, onDone }: Pick<EditDialogProps, 'toolset' | 'onDone'>) {
  const { t } = useTranslation('toolsets');
  const hasServer = toolset.kind === 'openapi';
  const form = useForm({
    resolver: formResolver(UpdateToolsetInput, ({ name, serverUrl }: { name: string; serverUrl: string }) => ({
      name,
      ...(hasServer && { serverUrl: serverUrl.trim() }),
    })),
    defaultValues: { name: toolset.name, serverUrl: toolset.serverUrl ?? '' },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: (input: UpdateToolsetInput) => updateToolset(toolset.id, input),
    onDone,
  });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('field.name')} {...form.register('name')} error={errors.name?.message} />
      {hasServer && (
        <TextField
          label={t('field.server')}
          hint={t('edit.serverHint')}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          {...form.register('serverUrl')}
          error={errors.serverUrl?.message}
        />
      )}
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('common:action.save')}
      </Button>
    </Form>
  );
}
