import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolCategory, type ToolSummary } from '#server/contract/tool.ts';
import { useLocalized } from '#web/features/agents/use-localized.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ToolOffer } from './tool-offer.tsx';

type ToolLibraryProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  tools: ToolSummary[];
  chosen: string[];
  onAdd: (id: string) => void;
  onRemove: (id: string) => void;
};

/** All tools of the hub, by search and category, to be added or taken away. */
export function ToolLibrary({ open, onOpenChange, tools, chosen, onAdd, onRemove }: ToolLibraryProps) {
  const { t } = useTranslation('agents');
  const localize = useLocalized();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<ToolCategory | 'all'>('all');
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return tools.filter((tool) => {
      const text = [tool.id, ...Object.values(tool.title), ...Object.values(tool.description)].join(' ').toLowerCase();
      return (category === 'all' || tool.category === category) && words.every((word) => text.includes(word));
    });
  }, [tools, search, category]);
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="large"
      title={t('tools.library')}
      description={t('tools.libraryHint')}
    >
      <div className="grid gap-4">
        <div className="grid gap-3 sm:grid-cols-[1fr_14rem]">
          <TextField
            type="search"
            label={t('tools.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <SelectField
            label={t('tools.category')}
            value={category}
            onChange={(event) => setCategory(event.target.value as ToolCategory | 'all')}
            options={['all' as const, ...ToolCategory.options].map((value) => ({
              value,
              label: t(`tools.categories.${value}`),
            }))}
          />
        </div>
        <p role="status" className="text-sm text-ink-faint">
          {t('tools.found', { count: found.length })}
        </p>
        <ul className="grid gap-2 sm:grid-cols-2">
          {found.map((tool) => (
            <ToolOffer
              key={tool.id}
              tool={tool}
              title={localize(tool.title)}
              isChosen={chosen.includes(tool.id)}
              onToggle={() => (chosen.includes(tool.id) ? onRemove(tool.id) : onAdd(tool.id))}
            />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
