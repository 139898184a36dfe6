import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { CreateQueryInput, QueryAccess, type SavedQuery } from '#server/contract/saved-query.ts';
import { createQuery, updateQuery } from '#web/features/queries/api/query-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const Values = z.object({
  name: CreateQueryInput.shape.name,
  description: z.string().trim().max(2000),
  access: QueryAccess,
});

type SaveDialogProps = {
  /** The query that is changed; null saves a new one. */
  query: SavedQuery | null;
  content: Pick<SavedQuery, 'sql' | 'engine' | 'parameters'>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (query: SavedQuery) => void;
};

/** Names a query, and says who sees it. */
export function SaveDialog({ query, content, open, onOpenChange, onSaved }: SaveDialogProps) {
  const { t } = useTranslation('queries');
  const onDone = (saved: SavedQuery) => {
    onSaved(saved);
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t(query === null ? 'save.new' : 'save.details')}>
      <SaveForm query={query} content={content} onDone={onDone} />
    </Dialog>
  );
}

function SaveForm({
  query,
  content,
  onDone,
}: Pick<SaveDialogProps, 'query' | 'content'> & { onDone: (query: SavedQuery) => void }) {
  const { t } = useTranslation('queries');
  const { name = '', description = '', access = 'private' as const } = query ?? {};
  const form = useForm({ resolver: formResolver(Values), defaultValues: { name, description, access } });
  const { submit, busy, error } = useSubmit(form, {
    send: (values) =>
      query === null ? createQuery({ ...values, ...content }) : updateQuery(query.id, { ...values, ...content }),
    onDone,
  });
  const { errors } = form.formState;
  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('save.name')} error={errors.name?.message} {...form.register('name')} />
      <TextArea
        label={t('save.description')}
        optional
        error={errors.description?.message}
        {...form.register('description')}
      />
      <SelectField
        label={t('save.access')}
        hint={t('save.accessHint')}
        options={QueryAccess.options.map((value) => ({ value, label: t(`save.accesses.${value}`) }))}
        {...form.register('access')}
      />
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('action.save')}
      </Button>
    </Form>
  );
}
