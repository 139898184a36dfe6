import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolSummary } from '#server/contract/tool.ts';
import { Badge } from '#web/ui/badge.tsx';

type ToolBadgesProps = {
  tool: ToolSummary;
  /** Leaves out the categories that say nothing new beside a tool's title. */
  only?: 'special';
};

/** What kind of tool it is: its toolset or category, and whether it changes things. */
export function ToolBadges({ tool, only }: ToolBadgesProps) {
  const { t } = useTranslation('agents');
  const { category, toolset, effect } = tool;
  const isShown = only === undefined || category === 'on-chain' || category === 'connected';
  return (
    <>
      {isShown && (
        <Badge tone={category === 'on-chain' ? 'chain' : category === 'connected' ? 'accent' : 'neutral'}>
          <span className="max-w-56 truncate">{toolset?.name ?? t(`tools.categories.${category}`)}</span>
        </Badge>
      )}
      {effect === 'write' && <Badge tone="warning">{t('tools.writes')}</Badge>}
    </>
  );
}
