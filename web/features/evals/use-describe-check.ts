import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { EvalCheck } from '#server/contract/eval.ts';

/** Says a check in a sentence of the page's language. */
export function useDescribeCheck(): (check: EvalCheck) => string {
  const { t } = useTranslation('evals');
  return (check) => {
    switch (check.kind) {
      case 'contains':
      case 'excludes':
        return t(`says.${check.kind}`, { what: check.anyOf.join(' · ') });
      case 'matches':
        return t('says.matches', { what: check.pattern });
      case 'json-schema':
        return t('says.json-schema');
      case 'calls': {
        const given = Object.keys(check.arguments).length > 0;
        return t('says.calls', { what: given ? `${check.tool} ${JSON.stringify(check.arguments)}` : check.tool });
      }
      case 'avoids':
        return t('says.avoids', { what: check.tool });
      case 'number':
        return check.tolerance === 0
          ? t('says.number', { what: check.value })
          : t('says.numberAround', { what: check.value, tolerance: check.tolerance });
      case 'cites':
        return check.url === undefined ? t('says.citesAny') : t('says.cites', { what: check.url });
      case 'makes':
        return t('says.makes', { what: t(`artifact.${check.artifact}`) });
      case 'judge':
        return t('says.judge', { what: check.rubric });
    }
  };
}
