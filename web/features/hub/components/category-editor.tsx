import { useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, Pencil, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { HubCategory } from '#server/contract/hub-category.ts';
import { deleteCategory, updateCategory } from '#web/features/hub/api/moderation-requests.ts';
import { categoriesKey, useCategories } from '#web/lib/use-categories.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { holdPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { CategoryDialog } from './category-dialog.tsx';

/** The categories of the hub: added, renamed, hidden, deleted while nobody is in them. */
export function CategoryEditor() {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const categories = useCategories();
  const [edited, setEdited] = useState<HubCategory | 'new' | null>(null);
  const [removed, setRemoved] = useState<HubCategory | null>(null);
  const goOn = useRef(() => {});
  const reload = () => cache.invalidateQueries({ queryKey: categoriesKey });
  const hide = ({ slug, hidden }: HubCategory) =>
    void updateCategory(slug, { hidden: !hidden }).then(reload, showProblemToast);
  return (
    <div className="grid min-w-0 gap-4">
      <Button className="justify-self-start" icon={<Plus aria-hidden />} onClick={() => setEdited('new')}>
        {t('category.add')}
      </Button>
      <ListStates items={categories.items} error={categories.error} onRetry={categories.retry} empty={null}>
        {(items) => (
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {items.map((category) => (
              <li key={category.slug} className="flex min-w-0 flex-wrap items-center gap-2 p-3">
                <span className="grid min-w-0 flex-1">
                  <span className="wrap-anywhere">
                    <span lang="en">{category.name.en}</span> · <span lang="zh-CN">{category.name.zh}</span>
                  </span>
                  <code className="text-xs text-ink-faint">{category.slug}</code>
                </span>
                {category.hidden && <Badge tone="warning">{t('category.hidden')}</Badge>}
                <span className="flex">
                  <IconButton
                    size="small"
                    label={t('category.edit', { name: category.slug })}
                    icon={<Pencil aria-hidden />}
                    onClick={() => setEdited(category)}
                  />
                  <IconButton
                    size="small"
                    label={t(category.hidden ? 'category.show' : 'category.hide', { name: category.slug })}
                    icon={category.hidden ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
                    onClick={() => hide(category)}
                  />
                  {!category.isBuiltIn && (
                    <IconButton
                      size="small"
                      label={t('category.delete', { name: category.slug })}
                      icon={<Trash2 aria-hidden />}
                      onClick={(event) => {
                        goOn.current = holdPlace(event.currentTarget);
                        setRemoved(category);
                      }}
                    />
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </ListStates>
      <CategoryDialog
        key={typeof edited === 'string' ? edited : edited?.slug}
        open={edited !== null}
        category={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
        onSaved={reload}
      />
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={() => setRemoved(null)}
        title={t('category.deleteTitle', { name: removed?.slug })}
        description={t('category.deleteText')}
        confirmLabel={t('category.deleteButton')}
        onConfirm={async () => {
          if (removed === null) return;
          await deleteCategory(removed.slug);
          await reload();
          goOn.current();
        }}
      />
    </div>
  );
}
