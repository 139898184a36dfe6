import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { type ListedTool, ToolCategory, type ToolSummary } from '#server/contract/tool.ts';
import { createWordSearch } from '#web/lib/find-by-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { LoadMore } from '#web/ui/load-more.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { ToolOffer } from './tool-offer.tsx';

type ToolLibraryProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  tools: ListedTool[];
  chosen: string[];
  toolsetsAddress: string;
  onAdd: (id: string) => void;
  onRemove: (id: string) => void;
  onTry: (tool: ToolSummary) => void;
};

const shownAtOnce = 60;
const choices = ['all', 'favourites', ...ToolCategory.options] as const;
type Choice = (typeof choices)[number];

/** All tools of the hub, by search and category, to be added or taken away. */
export function ToolLibrary({
  open,
  onOpenChange,
  tools,
  chosen,
  toolsetsAddress,
  onAdd,
  onRemove,
  onTry,
}: ToolLibraryProps) {
  const { t } = useTranslation('agents');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(shownAtOnce);
  const deferred = useDeferredValue(search);
  const [category, setCategory] = useState<Choice>('all');
  const searchWords = useMemo(
    () => createWordSearch(tools, (tool) => ({ names: toNames(tool), words: toWords(tool) })),
    [tools],
  );
  const found = useMemo(() => {
    const offered = tools.filter((tool) => isOf(category, tool));
    const words = deferred.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text: string) => words.every((word) => text.toLowerCase().includes(word));
    const rank = (tool: ListedTool) => 2 * Number(has(toNames(tool))) + Number(tool.isFavourite);
    const fitting = offered.filter((tool) => has(`${toNames(tool)} ${toWords(tool)}`));
    if (fitting.length > 0 || words.length === 0) return fitting.sort((left, right) => rank(right) - rank(left));
    const scores = searchWords(deferred, { orSome: true });
    const score = ({ id }: ListedTool) => scores.get(id) ?? 0;
    return offered.filter(score).sort((left, right) => score(right) - score(left));
  }, [tools, deferred, category, searchWords]);
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
            onChange={(event) => setCategory(choices.find((choice) => choice === event.target.value) ?? 'all')}
            options={choices.map((value) => ({ value, label: t(`tools.categories.${value}`) }))}
          />
        </div>
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-sm">
          <p role="status" className="text-ink-faint">
            {t('tools.found', { count: found.length })}
          </p>
          <p>
            <Link to={toolsetsAddress} className="text-link">
              {t('tools.bring')}
            </Link>
          </p>
        </div>
        {found.length === 0 && tools.length > 0 && (
          <p className="text-sm text-ink-soft">
            {t(category === 'favourites' && search === '' ? 'tools.noFavourites' : 'tools.notFound')}
          </p>
        )}
        <ul className="grid gap-2 sm:grid-cols-2">
          {found.slice(0, shown).map((tool) => (
            <ToolOffer
              key={tool.id}
              tool={tool}
              isChosen={chosen.includes(tool.id)}
              onToggle={() => (chosen.includes(tool.id) ? onRemove(tool.id) : onAdd(tool.id))}
              onTry={() => onTry(tool)}
            />
          ))}
        </ul>
        <LoadMore hasMore={found.length > shown} busy={false} onLoad={() => setShown(shown + shownAtOnce)} />
      </div>
    </Dialog>
  );
}

const toNames = ({ id, title }: ListedTool) => [id, ...Object.values(title)].join(' ');
const toWords = ({ toolset, description }: ListedTool) =>
  [toolset?.name ?? '', ...Object.values(description)].join(' ');

function isOf(choice: Choice, { category, isFavourite }: ListedTool): boolean {
  return choice === 'all' || (choice === 'favourites' ? isFavourite : category === choice);
}
