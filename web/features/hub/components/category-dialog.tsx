import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HubCategory } from '#server/contract/hub-category.ts';
import { CreateCategoryInput } from '#server/contract/hub-moderation.ts';
import { createCategory, updateCategory } from '#web/features/hub/api/moderation-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type CategoryDialogProps = {
  open: boolean;
  /** Null for a new one. */
  category: HubCategory | null;
  onClose: () => void;
  onSaved: () => Promise<unknown>;
};

/** Makes a category, or names one anew, in both languages. */
export function CategoryDialog({ open, category, onClose, onSaved }: CategoryDialogProps) {
  const { t } = useTranslation('hub');
  const title = category === null ? t('category.add') : t('category.edit', { name: category.slug });
  return (
    <Dialog open={open} onOpenChange={onClose} title={title} size="small">
      <CategoryForm category={category} onDone={() => void onSaved().then(onClose)} />
    </Dialog>
  );
}

function CategoryForm({ category, onDone }: { category: HubCategory | null; onDone: () => void }) {
  const { t } = useTranslation('hub');
  const form = useForm({
    resolver: formResolver(CreateCategoryInput),
    defaultValues: { slug: category?.slug ?? '', name: category?.name ?? { en: '', zh: '' } },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ slug, name }) => (category === null ? createCategory({ slug, name }) : updateCategory(slug, { name })),
    onDone,
  });
  const { errors } = form.formState;
  return (
    <Form
      onSubmit={submit}
      error={error}
      actions={
        <Button type="submit" variant="primary" busy={busy}>
          {t('common:action.save')}
        </Button>
      }
    >
      <TextField label={t('category.en')} error={errors.name?.en?.message} {...form.register('name.en')} />
      <TextField label={t('category.zh')} error={errors.name?.zh?.message} {...form.register('name.zh')} />
      {category === null && (
        <TextField
          label={t('category.slug')}
          hint={errors.slug ? undefined : t('category.slugHint')}
          autoCapitalize="none"
          spellCheck={false}
          error={errors.slug && t('category.slugHint')}
          {...form.register('slug')}
        />
      )}
    </Form>
  );
}
