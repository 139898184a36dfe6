import { Check, Play, Plus } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ListedTool } from '#server/contract/tool.ts';
import { FavouriteToolButton } from '#web/features/tools/components/favourite-tool-button.tsx';
import { ToolSchema } from '#web/features/tools/components/tool-schema.tsx';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Button } from '#web/ui/button.tsx';
import { ToolBadges } from './tool-badges.tsx';

type ToolOfferProps = { tool: ListedTool; isChosen: boolean; onToggle: () => void; onTry: () => void };

export function ToolOffer({ tool, isChosen, onToggle, onTry }: ToolOfferProps) {
  const { t } = useTranslation('agents', 'tools');
  const localize = useLocalized();
  const title = localize(tool.title);
  return (
    <li className="grid min-w-0 content-between gap-3 rounded-md border border-line bg-surface p-3 sm:has-[details[open]]:col-span-2">
      <div className="grid min-w-0 gap-1.5">
        <div className="flex items-start justify-between gap-2">
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            <h3 className="font-medium wrap-anywhere">{title}</h3>
            <ToolBadges tool={tool} />
          </div>
          <FavouriteToolButton tool={tool} title={title} />
        </div>
        <p className="line-clamp-3 text-sm text-ink-soft wrap-anywhere">{localize(tool.description)}</p>
        {tool.unavailable && <p className="text-sm text-warning">{localize(tool.unavailable)}</p>}
        <ToolSchema tool={tool} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          variant={isChosen ? 'quiet' : 'secondary'}
          icon={isChosen ? <Check aria-hidden /> : <Plus aria-hidden />}
          aria-pressed={isChosen}
          aria-label={t('tools.toggle', { title })}
          onClick={onToggle}
        >
          {isChosen ? t('tools.added') : t('tools.addOne')}
        </Button>
        <Button
          size="small"
          variant="quiet"
          icon={<Play aria-hidden />}
          aria-label={t('tools:bench.tryNamed', { title })}
          onClick={onTry}
        >
          {t('tools:bench.try')}
        </Button>
      </div>
    </li>
  );
}
