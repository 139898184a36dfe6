import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { UpdateMemoryInput } from '#server/contract/memory.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Form } from '#web/ui/form.tsx';
import { InlineFormActions } from '#web/ui/inline-form-actions.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

type MemoryFormProps = {
  text: string;
  send: (text: string) => Promise<unknown>;
  onDone: () => unknown;
  onCancel: () => void;
};

/** One fact to write; Escape leaves it as it was. */
export function MemoryForm({ text, send, onDone, onCancel }: MemoryFormProps) {
  const { t } = useTranslation('memories');
  const form = useForm({ resolver: formResolver(UpdateMemoryInput), defaultValues: { text } });
  const { submit, busy, error } = useSubmit(form, { send: (values) => send(values.text), onDone });
  const { setFocus } = form;
  useEffect(() => setFocus('text'), [setFocus]);
  return (
    <Form onSubmit={submit} error={error} className="gap-3!">
      <TextArea
        label={t('fact')}
        hint={t('factHint')}
        rows={2}
        error={form.formState.errors.text?.message}
        {...form.register('text')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
        }}
      />
      <InlineFormActions busy={busy} onCancel={onCancel} />
    </Form>
  );
}
