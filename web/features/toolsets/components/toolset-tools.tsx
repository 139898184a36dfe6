import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetTool, ToolsetWithTools } from '#server/contract/toolset.ts';
import { useEnabledTools } from '#web/features/toolsets/use-enabled-tools.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ToolRow } from './tool-row.tsx';

const ToolBench = lazyDialog(async () => (await import('#web/features/tools/components/tool-bench.tsx')).ToolBench);

const shownAtOnce = 100;

/** The tools of a toolset: found by words, allowed to agents one by one or all that were found, tried by hand. */
export function ToolsetTools({ toolset }: { toolset: ToolsetWithTools }) {
  const { t } = useTranslation('toolsets');
  const { tools } = toolset;
  const { enabled, change } = useEnabledTools(toolset);
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(shownAtOnce);
  const [tried, setTried] = useState<ToolsetTool | null>(null);
  const wanted = useDeferredValue(search);
  const found = useMemo(() => findTools(tools, wanted), [tools, wanted]);
  const toggle = useCallback((name: string, isEnabled: boolean) => change([name], isEnabled), [change]);
  const setAll = (isEnabled: boolean) =>
    change(
      found.map(({ name }) => name),
      isEnabled,
    );

  return (
    <Card>
      <CardHeader title={t('tools.title')} description={t('tools.text')} />
      {tools.length === 0 ? (
        <p className="text-sm text-ink-soft">{t(toolset.needsSignIn ? 'tools.afterSignIn' : 'tools.none')}</p>
      ) : (
        <div className="grid gap-4">
          {enabled.size === 0 && (
            <Notice tone="warning" title={t('tools.noneEnabled')}>
              {t('tools.noneEnabledText')}
            </Notice>
          )}
          <TextField
            type="search"
            label={t('tools.search')}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setShown(shownAtOnce);
            }}
          />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p role="status" className="text-sm text-ink-faint tabular-nums">
              {t('tools.found', { count: found.length, enabled: enabled.size })}
            </p>
            <div role="group" aria-label={t('tools.ofFound')} className="flex gap-2">
              <Button size="small" disabled={found.length === 0} onClick={() => setAll(true)}>
                {t('tools.all')}
              </Button>
              <Button size="small" disabled={found.length === 0} onClick={() => setAll(false)}>
                {t('tools.noneOfThem')}
              </Button>
            </div>
          </div>
          <ul className="divide-y divide-line border-t border-line">
            {found.slice(0, shown).map((tool) => (
              <ToolRow
                key={tool.name}
                tool={tool}
                isEnabled={enabled.has(tool.name)}
                onToggle={toggle}
                onTry={setTried}
              />
            ))}
          </ul>
          <LoadMore hasMore={found.length > shown} busy={false} onLoad={() => setShown(shown + shownAtOnce)} />
        </div>
      )}
      <ToolBench
        open={tried !== null}
        onOpenChange={() => setTried(null)}
        tool={
          tried && { ...tried, unavailable: toolset.needsSignIn ? t('signIn.needed', { name: toolset.name }) : null }
        }
      />
    </Card>
  );
}

function findTools(tools: readonly ToolsetTool[], search: string): readonly ToolsetTool[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tools;
  return tools.filter(({ name, title, description, operation }) => {
    const text = `${name} ${title} ${operation ?? ''} ${description}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
