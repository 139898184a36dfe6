import { ScrollText, X } from 'lucide-react';
import { ActKind, type AuditEntry } from '#server/contract/audit.ts';
import { type AuditFilter, useAudit } from '#web/features/audit/api/audit-list.ts';
import { useFormat } from '#web/lib/format.ts';
import { toPeriodStart } from '#web/lib/to-period-start.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { type AuditPeriod, auditPeriods } from '#web/features/audit/audit-period.ts';
import { ActDetailLine } from './act-detail-line.tsx';

export type AuditChoice = { period: AuditPeriod; kind?: ActKind | undefined; person?: string | undefined };

type AuditListProps = { choice: AuditChoice; onChange: (choice: AuditChoice) => void };

/** What administrators did, with who, when and from where; a press on a name leaves only that person's. */
export function AuditList({ choice, onChange }: AuditListProps) {
  const { t } = useTranslation('audit');
  const filter: AuditFilter = {
    ...(choice.person !== undefined && { person: choice.person }),
    ...(choice.kind !== undefined && { kind: choice.kind }),
    ...(choice.period !== 'all' && { from: toPeriodStart(Number(choice.period)) }),
  };
  const { items, error, retry, more } = useAudit(filter);
  const kinds = ActKind.options.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }));
  const name = items?.find(({ actor }) => actor?.id === choice.person)?.actor?.name;

  return (
    <>
      <div className="mb-6 flex flex-wrap items-end gap-4">
        <SelectField
          className="w-64"
          label={t('what')}
          value={choice.kind ?? ''}
          options={[{ value: '', label: t('everything') }, ...kinds]}
          onChange={({ target }) => onChange({ ...choice, kind: ActKind.safeParse(target.value).data })}
        />
        <SegmentedChoice
          label={t('period')}
          value={choice.period}
          onChange={(period) => onChange({ ...choice, period })}
          options={auditPeriods.map((period) => ({
            value: period,
            label: period === 'all' ? t('always') : t('days', { count: Number(period) }),
          }))}
        />
        {choice.person !== undefined && (
          <Button variant="quiet" icon={<X aria-hidden />} onClick={() => onChange({ ...choice, person: undefined })}>
            {name === undefined ? t('onePerson') : t('onlyPerson', { name })}
          </Button>
        )}
      </div>
      <Card>
        <ListStates
          items={items}
          error={error}
          onRetry={retry}
          empty={
            <EmptyState title={t('empty.title')} icon={<ScrollText />}>
              {t('empty.text')}
            </EmptyState>
          }
        >
          {(entries) => <AuditTable entries={entries} onPerson={(person) => onChange({ ...choice, person })} />}
        </ListStates>
        <LoadMore {...more} />
      </Card>
    </>
  );
}

type AuditTableProps = { entries: readonly AuditEntry[]; onPerson: (person: string) => void };

function AuditTable({ entries, onPerson }: AuditTableProps) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const columns: Column<AuditEntry>[] = [
    {
      key: 'what',
      header: t('what'),
      isRowHeader: true,
      cell: ({ kind, target, detail, before }) => (
        <span className="grid gap-0.5">
          <span>{t(`kind.${kind}`)}</span>
          {target && <span className="font-normal wrap-anywhere text-ink-soft">{target.name}</span>}
          <ActDetailLine detail={detail} before={before} />
        </span>
      ),
    },
    {
      key: 'who',
      header: t('who'),
      cell: ({ actor, byKey }) => (
        <span className="inline-grid gap-0.5">
          {actor === null ? (
            t('commandLine')
          ) : (
            <button
              type="button"
              className="text-link w-fit text-left"
              aria-label={t('onlyPerson', { name: actor.name })}
              onClick={() => onPerson(actor.id)}
            >
              {actor.name}
            </button>
          )}
          {byKey && <span className="text-xs text-ink-faint">{t('byKey')}</span>}
        </span>
      ),
    },
    { key: 'when', header: t('when'), cell: ({ at }) => <time dateTime={at}>{format.dateTime(at)}</time> },
    {
      key: 'where',
      header: t('where'),
      cell: ({ address }) => <span className="font-mono text-xs wrap-anywhere">{address ?? '–'}</span>,
    },
  ];
  return <DataTable caption={t('title')} columns={columns} rows={entries} rowKey={({ id }) => id} />;
}
