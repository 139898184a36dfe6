import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { type DuneAccess, DuneKeyInput } from '#server/contract/sql-engine.ts';
import { duneAccessQuery, putDuneKey, removeDuneKey } from '#web/features/queries/api/dune-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { TextField } from '#web/ui/text-field.tsx';

type DuneKeyDialogProps = {
  access: DuneAccess | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Takes a person's key for Dune, or removes it. */
export function DuneKeyDialog({ access, open, onOpenChange }: DuneKeyDialogProps) {
  const { t } = useTranslation('queries');
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('engine.keyTitle')} description={t('engine.keyText')}>
      <DuneKeyForm access={access} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function DuneKeyForm({ access, onDone }: { access: DuneAccess | undefined; onDone: () => void }) {
  const { t } = useTranslation('queries');
  const cache = useQueryClient();
  const form = useForm({ resolver: formResolver(DuneKeyInput), defaultValues: { apiKey: '' } });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ apiKey }) => putDuneKey(apiKey),
    onDone: (stored: DuneAccess) => {
      cache.setQueryData(duneAccessQuery.queryKey, stored);
      onDone();
    },
  });
  const remove = () =>
    void removeDuneKey().then(() => {
      void cache.invalidateQueries(duneAccessQuery);
      onDone();
    }, showProblemToast);
  const keyEnd = access?.keyEnd ?? null;
  return (
    <Form onSubmit={submit} error={error}>
      <TextField
        label={t('engine.keyLabel')}
        hint={keyEnd === null ? undefined : t('engine.keyStored', { end: keyEnd })}
        type="password"
        autoComplete="off"
        error={form.formState.errors.apiKey?.message}
        {...form.register('apiKey')}
      />
      <div className="flex flex-wrap justify-end gap-2">
        {keyEnd !== null && (
          <Button variant="danger" onClick={remove}>
            {t('engine.keyRemove')}
          </Button>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {t('engine.keySave')}
        </Button>
      </div>
    </Form>
  );
}
