import { useQuery } from '@tanstack/react-query';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type EvalColumn, mostEvalModels } from '#server/contract/eval.ts';
import { modelListQuery } from '#web/features/evals/api/eval-requests.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';

type ColumnChoiceProps = {
  columns: EvalColumn[];
  onChange: (columns: EvalColumn[]) => void;
  publishedVersion: number | null;
};

const toKey = (column: EvalColumn) => JSON.stringify(column);

/** What the draft is compared with: the published version, and other models. */
export function ColumnChoice({ columns, onChange, publishedVersion }: ColumnChoiceProps) {
  const { t } = useTranslation('evals');
  const models = useQuery(modelListQuery);
  const chosen = new Set(columns.map(toKey));
  const isFull = columns.filter(({ kind }) => kind === 'model').length >= mostEvalModels;
  const toggle = (column: EvalColumn) =>
    onChange(
      chosen.has(toKey(column)) ? columns.filter((other) => toKey(other) !== toKey(column)) : [...columns, column],
    );
  return (
    <FieldGroup label={t('compare.label')} hint={t('compare.hint', { count: mostEvalModels })}>
      <div className="grid gap-3 sm:grid-cols-2">
        <CheckboxField
          label={
            publishedVersion === null
              ? t('compare.notPublished')
              : t('compare.published', { version: publishedVersion })
          }
          disabled={publishedVersion === null}
          checked={chosen.has(toKey({ kind: 'published' }))}
          onChange={() => toggle({ kind: 'published' })}
        />
        {models.data?.items.map(({ reference, kind, provider, personal }) => {
          const column: EvalColumn = { kind: 'model', model: reference };
          const isChosen = chosen.has(toKey(column));
          return (
            <CheckboxField
              key={reference}
              label={<span className="break-all">{reference}</span>}
              hint={
                kind === 'planner'
                  ? t('compare.planner')
                  : personal
                    ? t('compare.own', { connection: provider })
                    : provider
              }
              checked={isChosen}
              disabled={isFull && !isChosen}
              onChange={() => toggle(column)}
            />
          );
        })}
      </div>
      {models.isPending && <SkeletonList rows={2} />}
      {models.isError && <ErrorPanel error={models.error} onRetry={models.refetch} />}
    </FieldGroup>
  );
}
