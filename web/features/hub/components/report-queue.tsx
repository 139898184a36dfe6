import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { HubReport } from '#server/contract/hub-moderation.ts';
import { hubKeys } from '#web/features/hub/api/hub-requests.ts';
import { reportList, settleReport } from '#web/features/hub/api/moderation-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** What people reported, to be dismissed or acted on. */
export function ReportQueue({ paths }: { paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const reports = usePageList(reportList);
  return (
    <section aria-labelledby="reports" className="grid min-w-0 gap-4">
      <h2 id="reports" className="text-lg font-semibold">
        {t('desk.reports')}
      </h2>
      <ListStates
        items={reports.items}
        error={reports.error}
        onRetry={reports.retry}
        empty={<p className="text-sm text-ink-soft">{t('desk.noReports')}</p>}
      >
        {(items) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {items.map((report) => (
              <ReportLine key={report.id} report={report} paths={paths} />
            ))}
          </ul>
        )}
      </ListStates>
      <LoadMore {...reports.more} />
    </section>
  );
}

function ReportLine({ report, paths }: { report: HubReport; paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  const cache = useQueryClient();
  const [isRefusing, setRefusing] = useState(false);
  const reload = () => cache.invalidateQueries({ queryKey: hubKeys.all });
  const { id, agent, reason, text, reporter, createdAt } = report;
  return (
    <li className="grid min-w-0 gap-2 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link className="text-link font-medium" to={paths.agent(agent.handle)}>
          {agent.name}
        </Link>
        <Badge tone="warning">{t(`report.reasons.${reason}`)}</Badge>
        <span className="text-sm text-ink-faint">
          {reporter} · {format.ago(createdAt)}
        </span>
      </p>
      {text !== '' && <p className="text-sm wrap-anywhere whitespace-pre-line">{text}</p>}
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          onClick={() => void settleReport(id, { outcome: 'dismiss', reason: '' }).then(reload, showProblemToast)}
        >
          {t('desk.dismiss')}
        </Button>
        <Button size="small" variant="quiet" onClick={() => setRefusing(true)}>
          {t('desk.refuse')}
        </Button>
      </div>
      <ReasonDialog
        open={isRefusing}
        onClose={() => setRefusing(false)}
        name={agent.name}
        onConfirm={(why) => settleReport(id, { outcome: 'unlist', reason: why }).then(reload)}
      />
    </li>
  );
}
