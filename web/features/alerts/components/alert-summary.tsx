import { useQuery } from '@tanstack/react-query';
import { useFormContext } from 'react-hook-form';
import { AlertWatch } from '#server/contract/alert.ts';
import { describeAlert } from '#server/contract/describe-alert.ts';
import { type AlertFormValues, toWatchInput } from '#web/features/alerts/alert-form-values.ts';
import { chainChoicesQuery, queryChoicesQuery } from '#web/features/alerts/api/alert-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useLocalized } from '#web/lib/use-localized.ts';

type AlertSummaryProps = { agents: { value: string; label: string }[]; kept: AlertWatch | null };

/** The alert that is being written as a sentence, as soon as there is enough of it. */
export function AlertSummary({ agents, kept }: AlertSummaryProps) {
  const { t } = useTranslation('alerts');
  const toText = useLocalized();
  const { data: chains = [] } = useQuery(chainChoicesQuery);
  const { data: queries = [] } = useQuery(queryChoicesQuery);
  const values = useFormContext<AlertFormValues>().watch();
  const parsed = AlertWatch.safeParse(toWatchInput(values.watch, kept));
  const webhookUrl = values.webhookUrl.trim() === '' ? null : values.webhookUrl.trim();
  const names = {
    chain: chains.find(({ slug }) => slug === values.watch.chain)?.name,
    query: queries.find(({ id }) => id === values.watch.query)?.name,
    agent: agents.find(({ value }) => value === values.agent)?.label,
  };
  return (
    <p role="status" className="rounded-md border border-line bg-sunken p-4 text-sm wrap-anywhere">
      {parsed.success ? (
        toText(describeAlert({ watch: parsed.data, webhookUrl, agentDoes: values.agentDoes }, names))
      ) : (
        <span className="text-ink-soft">{t('form.incomplete')}</span>
      )}
    </p>
  );
}
