import { useMutation } from '@tanstack/react-query';
import { GripVertical, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { type Dashboard, type DashboardWidget, mostWidgets, type WidgetResult } from '#server/contract/dashboard.ts';
import { updateDashboard } from '#web/features/dashboards/api/dashboard-requests.ts';
import { moveWidget, stepWidget, type Step, steps } from '#web/features/dashboards/move-widget.ts';
import { useWide } from '#web/features/dashboards/use-wide.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ParameterEditor } from './parameter-editor.tsx';
import { WidgetCard } from './widget-card.tsx';
import { WidgetForm } from './widget-form.tsx';
import { WidgetGrid } from './widget-grid.tsx';

const ArrangedGrid = lazy(async () => ({ default: (await import('./arranged-grid.tsx')).ArrangedGrid }));

type DashboardEditorProps = {
  dashboard: Dashboard;
  results: readonly WidgetResult[];
  onLeave: () => void;
  onSaved: (dashboard: Dashboard) => void;
};

const keySteps: Record<string, [Step, Step]> = {
  ArrowUp: ['up', 'shorter'],
  ArrowDown: ['down', 'taller'],
  ArrowLeft: ['left', 'narrower'],
  ArrowRight: ['right', 'wider'],
};

/** A dashboard being changed: widgets are added, moved, made larger and taken away, then all of it is saved. */
export function DashboardEditor({ dashboard, results, onLeave, onSaved }: DashboardEditorProps) {
  const { t } = useTranslation('dashboards');
  const isWide = useWide();
  const [widgets, setWidgets] = useState<DashboardWidget[]>(dashboard.widgets);
  const [parameters, setParameters] = useState(dashboard.parameters);
  const [edited, setEdited] = useState<DashboardWidget | 'new' | null>(null);
  const [said, setSaid] = useState('');
  const save = useMutation({
    mutationFn: () => updateDashboard(dashboard, { widgets, parameters }),
    onSuccess: onSaved,
    onError: showProblemToast,
  });
  const step = (widget: DashboardWidget, direction: Step) => {
    const moved = stepWidget(widgets, widget.id, direction);
    setWidgets(moved);
    const place = moved.find(({ id }) => id === widget.id)?.place ?? widget.place;
    setSaid(t('editor.placed', { x: place.x + 1, y: place.y + 1, w: place.w, h: place.h }));
  };
  const keep = (widget: DashboardWidget) => {
    const isNew = widgets.every(({ id }) => id !== widget.id);
    const all = isNew ? [...widgets, widget] : widgets.map((one) => (one.id === widget.id ? widget : one));
    setWidgets(isNew ? moveWidget(all, widget.id, widget.place) : all);
    setEdited(null);
  };
  const toCard = (widget: DashboardWidget) => (
    <WidgetCard
      widget={widget}
      result={results.find((item) => item.widget === widget.id)}
      actions={
        <>
          <Menu
            label={t('editor.more', { name: widget.title || t(`kinds.${widget.kind}`) })}
            trigger={
              <Button size="small" variant="quiet">
                {t('editor.change')}
              </Button>
            }
          >
            <MenuItem onSelect={() => setEdited(widget)}>{t('editor.edit')}</MenuItem>
            {steps.map((direction) => (
              <MenuItem key={direction} onSelect={() => step(widget, direction)}>
                {t(`editor.steps.${direction}`)}
              </MenuItem>
            ))}
            <MenuSeparator />
            <MenuItem tone="danger" onSelect={() => setWidgets(widgets.filter(({ id }) => id !== widget.id))}>
              {t('editor.remove')}
            </MenuItem>
          </Menu>
          <IconButton
            size="small"
            className="widget-handle cursor-grab touch-none"
            label={t('editor.move', { name: widget.title || t(`kinds.${widget.kind}`) })}
            icon={<GripVertical aria-hidden />}
            onKeyDown={(event) => {
              const known = keySteps[event.key];
              if (known === undefined) return;
              event.preventDefault();
              step(widget, known[event.shiftKey ? 1 : 0]);
            }}
          />
        </>
      }
    />
  );
  return (
    <>
      <PageHeader
        title={dashboard.name}
        description={t('editor.hint')}
        actions={
          <>
            <Button
              icon={<Plus aria-hidden />}
              disabled={widgets.length >= mostWidgets}
              onClick={() => setEdited('new')}
            >
              {t('editor.add')}
            </Button>
            <Button onClick={onLeave}>{t('editor.cancel')}</Button>
            <Button variant="primary" busy={save.isPending} onClick={() => save.mutate()}>
              {t('save')}
            </Button>
          </>
        }
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      <ParameterEditor parameters={parameters} onChange={setParameters} />
      {isWide ? (
        <Suspense fallback={<SkeletonList />}>
          <ArrangedGrid widgets={widgets} onArrange={setWidgets}>
            {toCard}
          </ArrangedGrid>
        </Suspense>
      ) : (
        <WidgetGrid widgets={widgets}>{toCard}</WidgetGrid>
      )}
      <Dialog
        open={edited !== null}
        onOpenChange={() => setEdited(null)}
        size="large"
        title={t(edited === 'new' ? 'editor.add' : 'editor.edit')}
      >
        {edited !== null && <WidgetForm widget={edited === 'new' ? null : edited} widgets={widgets} onDone={keep} />}
      </Dialog>
    </>
  );
}
