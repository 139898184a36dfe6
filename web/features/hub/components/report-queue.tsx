import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import type { HubReport } from '#server/contract/hub-moderation.ts';
import { reportList, settleReport } from '#web/features/hub/api/moderation-requests.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { usePageList } from '#web/lib/use-page-list.ts';
import { useShownName } from '#web/lib/use-shown-name.ts';
import { Badge } from '#web/ui/badge.tsx';
import { DeskDecision } from './desk-decision.tsx';
import { LinedList } from './lined-list.tsx';

/** What people reported, to be dismissed or acted on. */
export function ReportQueue({ paths }: { paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const reports = usePageList(reportList);
  return (
    <section aria-labelledby="reports" className="grid min-w-0 gap-4">
      <h2 id="reports" className="text-lg font-semibold">
        {t('desk.reports')}
      </h2>
      <LinedList
        list={reports}
        empty={t('desk.noReports')}
        renderItem={(report) => <ReportLine key={report.id} report={report} paths={paths} />}
      />
    </section>
  );
}

function ReportLine({ report, paths }: { report: HubReport; paths: HubPaths }) {
  const { t } = useTranslation('hub');
  const format = useFormat();
  const name = useShownName()(report.agent);
  const { id, agent, reason, text, reporter, createdAt } = report;
  return (
    <li className="grid min-w-0 gap-2 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link className="text-link font-medium" to={paths.agent(agent.handle)}>
          {name}
        </Link>
        <Badge tone="warning">{t(`report.reasons.${reason}`)}</Badge>
        <span className="text-sm text-ink-faint">
          {reporter} · {format.ago(createdAt)}
        </span>
      </p>
      {text !== '' && <p className="text-sm wrap-anywhere whitespace-pre-line">{text}</p>}
      <DeskDecision
        name={name}
        acceptLabel={t('desk.dismiss')}
        onAccept={() => settleReport(id, { outcome: 'dismiss', reason: '' })}
        onRefuse={(why) => settleReport(id, { outcome: 'unlist', reason: why })}
      />
    </li>
  );
}
