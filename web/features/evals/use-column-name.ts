import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalColumn } from '#server/contract/eval.ts';

/** Names a column of a run of tests. */
export function useColumnName(): (column: EvalColumn) => string {
  const { t } = useTranslation('evals');
  return (column) => (column.kind === 'model' ? column.model : t(`column.${column.kind}`));
}
