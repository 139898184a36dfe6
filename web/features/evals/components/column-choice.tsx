import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type EvalColumn, mostEvalModels } from '#server/contract/eval.ts';
import { modelListQuery } from '#web/features/evals/api/eval-requests.ts';
import { CheckboxField } from '#web/ui/checkbox-field.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { FieldGroup } from '#web/ui/field-group.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type ColumnChoiceProps = {
  columns: EvalColumn[];
  onChange: (columns: EvalColumn[]) => void;
  publishedVersion: number | null;
};

/** A provider may have hundreds of models, which nobody goes through box by box. */
const shownAtOnce = 24;

const toKey = (column: EvalColumn) => JSON.stringify(column);

/** What the draft is compared with: the published version, and other models. */
export function ColumnChoice({ columns, onChange, publishedVersion }: ColumnChoiceProps) {
  const { t } = useTranslation('evals');
  const models = useQuery(modelListQuery);
  const chosen = new Set(columns.map(toKey));
  const isFull = columns.filter(({ kind }) => kind === 'model').length >= mostEvalModels;
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const all = models.data?.items ?? [];
  const offered = all.map(({ reference, kind, provider, personal }) => {
    const column: EvalColumn = { kind: 'model', model: reference };
    const name = `${reference} ${provider}`.toLowerCase();
    const isFound = words.every((word) => name.includes(word));
    return { column, reference, kind, provider, personal, isFound, isChosen: chosen.has(toKey(column)) };
  });
  const found = offered.filter(({ isFound, isChosen }) => isFound || isChosen);
  const shown = found.filter(({ isChosen }, place) => isChosen || place < shownAtOnce);
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
        {all.length > shownAtOnce && (
          <TextField
            type="search"
            className="sm:col-span-2"
            label={t('compare.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        {shown.map(({ column, reference, kind, provider, personal, isChosen }) => (
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
        ))}
      </div>
      <p role="status" className="text-sm text-ink-faint empty:hidden">
        {found.length > shown.length && t('compare.more', { count: found.length - shown.length })}
      </p>
      {models.isPending && <SkeletonList rows={2} />}
      {models.isError && <ErrorPanel error={models.error} onRetry={models.refetch} />}
    </FieldGroup>
  );
}
