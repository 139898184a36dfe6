import { ChartSpline } from 'lucide-react';
import type { AnalysisAsked } from '#web/features/queries/analysis-asked.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';

const kinds = ['profile', 'forecast', 'indicators'] as const;

type AnalyseMenuProps = Omit<AnalysisAsked, 'kind'> & { quiet?: boolean; onAnalyse: (asked: AnalysisAsked) => void };

/** What can be told of a table or a result. */
export function AnalyseMenu({ quiet = false, onAnalyse, ...asked }: AnalyseMenuProps) {
  const { t } = useTranslation('queries');
  const label = t('analyse.of', { name: asked.name });
  return (
    <Menu
      label={label}
      trigger={
        <Button
          size="small"
          {...(quiet ? { variant: 'quiet' as const } : { icon: <ChartSpline aria-hidden /> })}
          aria-label={label}
        >
          {t('analyse.label')}
        </Button>
      }
    >
      {kinds.map((kind) => (
        <MenuItem key={kind} onSelect={() => onAnalyse({ kind, ...asked })}>
          {t(`analyse.${kind}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
