import { Play } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetTool } from '#server/contract/toolset.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';

type ToolRowProps = {
  tool: ToolsetTool;
  isEnabled: boolean;
  onToggle: (name: string, isEnabled: boolean) => void;
  onTry: (tool: ToolsetTool) => void;
};

/** One tool: what it does, whether agents may use it, and a try. Drawn anew only when it changes: there may be hundreds. */
export const ToolRow = memo(function ToolRow({ tool, isEnabled, onToggle, onTry }: ToolRowProps) {
  const { t } = useTranslation('toolsets', 'tools');
  const { name, title, description, effect, operation } = tool;
  return (
    <li className="grid gap-2 py-3">
      <SwitchField
        label={<span className="wrap-anywhere">{title}</span>}
        hint={
          description !== '' &&
          description !== title && <span className="line-clamp-2 text-ink-soft wrap-anywhere">{description}</span>
        }
        checked={isEnabled}
        onChange={(event) => onToggle(name, event.target.checked)}
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={effect === 'write' ? 'warning' : 'neutral'}>{t(`effect.${effect}`)}</Badge>
        <code className="order-last min-w-0 basis-full font-mono text-xs text-ink-faint wrap-anywhere sm:order-none sm:flex-1 sm:basis-24">
          {operation ?? name}
        </code>
        <Button
          size="small"
          variant="quiet"
          className="ml-auto"
          icon={<Play aria-hidden />}
          aria-label={t('tools:bench.tryNamed', { title })}
          // Only what agents can be given can be called.
          disabled={!isEnabled}
          onClick={() => onTry(tool)}
        >
          {t('tools:bench.try')}
        </Button>
      </div>
    </li>
  );
});
