import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ReportInput, ReportReason } from '#server/contract/hub-moderation.ts';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import { hubKeys, reportAgent } from '#web/features/hub/api/hub-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { showToast } from '#web/ui/toast-store.ts';

type ReportDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  agent: HubAgentDetail;
  /** Told when the page knows that it was sent, and offers it no more. */
  onSent: () => void;
};

/** Tells the administrators what is wrong with an agent. */
export function ReportDialog({ open, onOpenChange, agent, onSent }: ReportDialogProps) {
  const { t } = useTranslation('hub');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('report.title', { name: agent.name })}
      description={t('report.text')}
    >
      <ReportForm agent={agent} onDone={() => onOpenChange(false)} onSent={onSent} />
    </Dialog>
  );
}

function ReportForm({ agent, onDone, onSent }: Pick<ReportDialogProps, 'agent' | 'onSent'> & { onDone: () => void }) {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const form = useForm({ resolver: formResolver(ReportInput), defaultValues: { reason: 'misleading', text: '' } });
  const { submit, busy, error } = useSubmit(form, {
    send: (values) => reportAgent(agent.id, values),
    onDone: () => {
      onDone();
      showToast({ title: t('report.done'), tone: 'success' });
      void cache.invalidateQueries({ queryKey: hubKeys.one(agent.handle) }).then(onSent);
    },
  });
  const { errors } = form.formState;
  return (
    <Form
      onSubmit={submit}
      error={error}
      actions={
        <Button type="submit" variant="primary" busy={busy}>
          {t('report.send')}
        </Button>
      }
    >
      <SelectField
        label={t('report.reason')}
        error={errors.reason?.message}
        options={ReportReason.options.map((value) => ({ value, label: t(`report.reasons.${value}`) }))}
        {...form.register('reason')}
      />
      <TextArea
        label={t('report.details')}
        optional
        maxLength={2000}
        error={errors.text?.message}
        {...form.register('text')}
      />
    </Form>
  );
}
