import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { type Dashboard, DashboardAccess } from '#server/contract/dashboard.ts';
import { createDashboard, updateDashboard } from '#web/features/dashboards/api/dashboard-requests.ts';
import { duneQueriesQuery } from '#web/features/dashboards/api/dune-queries-query.ts';
import { rhythmOf, rhythms, toSchedule } from '#web/features/dashboards/refresh-rhythm.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useDuneCost } from '#web/lib/use-dune-cost.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const Values = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000),
  access: DashboardAccess,
  rhythm: z.string(),
  cron: z.string(),
});

type DashboardDialogProps = {
  /** The one that is changed; null makes a new one. */
  dashboard: Dashboard | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (dashboard: Dashboard) => void;
};

/** What a dashboard is called, who sees it, and when it refreshes itself. */
export function DashboardDialog({ dashboard, open, onOpenChange, onSaved }: DashboardDialogProps) {
  const { t } = useTranslation('dashboards');
  const onDone = (saved: Dashboard) => {
    onSaved(saved);
    onOpenChange(false);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t(dashboard === null ? 'list.new' : 'details.title')}>
      <DetailsForm dashboard={dashboard} onDone={onDone} />
    </Dialog>
  );
}

function DetailsForm({
  dashboard,
  onDone,
}: Pick<DashboardDialogProps, 'dashboard'> & { onDone: (saved: Dashboard) => void }) {
  const { t } = useTranslation('dashboards');
  const { name = '', description = '', access = 'private' as const, schedule = null } = dashboard ?? {};
  const form = useForm({
    resolver: formResolver(Values),
    defaultValues: { name, description, access, rhythm: rhythmOf(schedule), cron: schedule?.cron ?? '0 9 * * *' },
  });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ rhythm, cron, ...values }) => {
      const body = { ...values, schedule: toSchedule(rhythm, cron) };
      return dashboard === null ? createDashboard(body) : updateDashboard(dashboard, body);
    },
    onDone,
  });
  const { errors } = form.formState;
  const [rhythm, cron] = form.watch(['rhythm', 'cron']);
  const cost = useDuneCost(useDuneQueries(dashboard), toSchedule(rhythm, cron));
  const toText = useLocalized();
  return (
    <Form onSubmit={submit} error={error}>
      <TextField label={t('details.name')} error={errors.name?.message} {...form.register('name')} />
      <TextArea
        label={t('details.description')}
        optional
        error={errors.description?.message}
        {...form.register('description')}
      />
      <SelectField
        label={t('details.access')}
        hint={t('details.accessHint')}
        options={DashboardAccess.options.map((value) => ({ value, label: t(`details.accesses.${value}`) }))}
        {...form.register('access')}
      />
      <SelectField
        label={t('details.refresh')}
        hint={cost === null ? t('details.refreshHint') : toText(cost)}
        options={rhythms.map((value) => ({ value, label: t(`details.rhythms.${value}`) }))}
        {...form.register('rhythm')}
      />
      {rhythm === 'cron' && (
        <TextField
          label={t('details.cron')}
          hint={t('details.cronHint')}
          monospaced
          spellCheck={false}
          {...form.register('cron')}
        />
      )}
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('save')}
      </Button>
    </Form>
  );
}

/** The queries of a dashboard's widgets that run at Dune. */
function useDuneQueries(dashboard: Dashboard | null): string[] {
  const { data: atDune = [] } = useQuery(duneQueriesQuery);
  return (dashboard?.widgets ?? []).flatMap((widget) =>
    widget.kind !== 'text' && atDune.includes(widget.query) ? [widget.query] : [],
  );
}
