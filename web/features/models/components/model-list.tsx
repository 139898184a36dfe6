import { useQuery } from '@tanstack/react-query';
import { useLocalized } from '#web/lib/use-localized.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ModelSummary } from '#server/contract/model.ts';
import { modelListQuery } from '#web/features/models/api/model-list-query.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { type Column, DataTable } from '#web/ui/data-table.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { DefaultModelChoice } from './default-model-choice.tsx';
import { PlannerNotice } from './planner-notice.tsx';
import { Price } from './price.tsx';

/** The models that agents may use, their prices, and which one stands in when an agent names none. */
export function ModelList({ canAdminister }: { canAdminister: boolean }) {
  const { t } = useTranslation('models');
  const localize = useLocalized();
  const { data, error, refetch } = useQuery(modelListQuery);
  const onlyPlanner = data?.items.every((model) => model.kind === 'planner') ?? false;

  const columns: Column<ModelSummary>[] = [
    {
      key: 'name',
      header: t('list.model'),
      isRowHeader: true,
      cell: (model) => (
        <span className="grid min-w-0">
          <span className="flex flex-wrap items-center gap-2">
            {model.name}
            {model.isDefault && <Badge tone="accent">{t('list.default')}</Badge>}
            {model.personal && <Badge>{t('list.own')}</Badge>}
          </span>
          <code className="font-mono text-xs font-normal break-all text-ink-faint">{model.reference}</code>
        </span>
      ),
    },
    {
      key: 'provider',
      header: t('list.provider'),
      cell: (model) => (model.kind === 'planner' ? t('planner.name') : model.provider),
    },
    {
      key: 'input',
      header: t('price.input'),
      align: 'end',
      cell: (model) => <Price amountUsd={model.price.inputUsd} />,
    },
    {
      key: 'output',
      header: t('price.output'),
      align: 'end',
      cell: (model) => <Price amountUsd={model.price.outputUsd} />,
    },
  ];

  return (
    <Card>
      <CardHeader
        title={t('list.title')}
        description={t('list.description')}
        actions={canAdminister && data && <DefaultModelChoice models={data} />}
      />
      <div className="grid gap-4">
        {onlyPlanner && <PlannerNotice canAdminister={canAdminister} />}
        {data?.problems.map((problem) => (
          <Notice key={problem.connection} tone="warning" title={t('list.silent', { connection: problem.name })}>
            {localize(problem.words)}
          </Notice>
        ))}
        <ListStates items={data?.items} error={error} onRetry={refetch} empty={null}>
          {(items) => (
            <DataTable caption={t('list.title')} columns={columns} rows={items} rowKey={({ reference }) => reference} />
          )}
        </ListStates>
      </div>
    </Card>
  );
}
