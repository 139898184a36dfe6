import { Check, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ToolSummary } from '#server/contract/tool.ts';
import { useLocalized } from '#web/features/agents/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';

type ToolOfferProps = { tool: ToolSummary; title: string; isChosen: boolean; onToggle: () => void };

export function ToolOffer({ tool, title, isChosen, onToggle }: ToolOfferProps) {
  const { t } = useTranslation('agents');
  const localize = useLocalized();
  return (
    <li className="grid content-between gap-3 rounded-md border border-line bg-surface p-3">
      <div className="grid gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="font-medium">{title}</h3>
          <Badge tone={tool.category === 'on-chain' ? 'chain' : 'neutral'}>
            {t(`tools.categories.${tool.category}`)}
          </Badge>
          {tool.effect === 'write' && <Badge tone="warning">{t('tools.writes')}</Badge>}
        </div>
        <p className="line-clamp-3 text-sm text-ink-soft">{localize(tool.description)}</p>
        {tool.unavailable && <p className="text-sm text-warning">{localize(tool.unavailable)}</p>}
      </div>
      <Button
        size="small"
        className="justify-self-start"
        variant={isChosen ? 'quiet' : 'secondary'}
        icon={isChosen ? <Check aria-hidden /> : <Plus aria-hidden />}
        aria-pressed={isChosen}
        aria-label={t('tools.toggle', { title })}
        onClick={onToggle}
      >
        {isChosen ? t('tools.added') : t('tools.addOne')}
      </Button>
    </li>
  );
}
