import { lazy, type ReactNode, Suspense, useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { type Draft, useDraft } from '#web/features/agents/use-draft.ts';
import { classNames } from '#web/lib/class-names.ts';
import { usePrepared, useWanted } from '#web/ui/dialog.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { BuilderHeader } from './builder-header.tsx';
import { BuilderSections } from './builder-sections.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { ProblemList } from './problem-list.tsx';

const loadConflict = () => import('./conflict-dialog.tsx');
const ConflictDialog = lazy(async () => ({ default: (await loadConflict()).ConflictDialog }));

const views = ['form', 'describe', 'tests', 'preview'] as const;
type View = (typeof views)[number];
const toView = (asked: string | null): View => views.find((view) => view === asked) ?? 'form';

export type AgentBuilderProps = {
  agent: Agent;
  paths: Pick<AgentPaths, 'chat' | 'conversation' | 'models' | 'toolsets'>;
  /** The draft as it is stored, to be tried out beside the form. */
  renderPreview: (agent: Agent) => ReactNode;
  /** The agent's tests; `save` stores the draft as it stands in the form. */
  renderTests: (agent: Agent, save: () => Promise<unknown>) => ReactNode;
  /** The talk in which the draft is changed. */
  renderDescribe: (draft: Pick<Draft, 'apply'> & { agent: Agent }) => ReactNode;
  /** What else decides whether the draft is published. */
  renderPublishGate: (agent: Agent) => ReactNode;
  /** The way to give the agent to others. */
  renderShare: (handle: string) => ReactNode;
};

/** Builds an agent: its whole definition as a form that saves itself, with the draft running beside it. */
export function AgentBuilder({ agent, paths, renderPreview, renderTests, ...rest }: AgentBuilderProps) {
  const { t } = useTranslation('agents');
  const draft = useDraft(agent);
  const [search] = useSearchParams();
  const [view, setView] = useState(() => toView(search.get('view')));
  const wasDescribed = useWanted(view === 'describe');
  const { stored } = draft;
  const options = views.map((value) => ({ value, label: t(`builder.${value}`) }));
  usePrepared(loadConflict);
  return (
    <FormProvider {...draft.form}>
      <div className="flex h-full min-h-0 flex-col">
        <BuilderHeader
          draft={draft}
          paths={paths}
          renderPublishGate={rest.renderPublishGate}
          share={rest.renderShare(stored.handle)}
        />
        <div className="border-b border-line px-4 py-2">
          <div className="lg:hidden">
            <SegmentedChoice label={t('builder.view')} value={view} onChange={setView} options={options} />
          </div>
          <div data-commands className="max-lg:hidden">
            {/* The preview stands beside the others. */}
            <SegmentedChoice
              label={t('builder.view')}
              value={view === 'preview' ? 'form' : view}
              onChange={setView}
              options={options.filter(({ value }) => value !== 'preview')}
            />
          </div>
        </div>
        <div className="grid min-h-0 flex-1 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,min(36rem,42%))]">
          <div
            className={classNames('relative min-h-0 min-w-0 overflow-y-auto lg:block', view === 'preview' && 'hidden')}
          >
            {draft.saveState.kind === 'conflict' && (
              <Suspense fallback={null}>
                <ConflictDialog draft={draft} />
              </Suspense>
            )}
            {wasDescribed && (
              <div className={classNames('h-full', view !== 'describe' && 'hidden')}>
                {rest.renderDescribe({ agent: stored, apply: draft.apply })}
              </div>
            )}
            <div className={classNames('mx-auto grid max-w-3xl gap-5 px-4 py-5', view === 'describe' && 'hidden')}>
              {view === 'tests' && renderTests(stored, draft.saver.flush)}
              <div className={classNames('grid gap-5', view === 'tests' && 'hidden')}>
                <ProblemList stored={stored} />
                <BuilderSections stored={stored} paths={paths} />
              </div>
            </div>
          </div>
          <section
            aria-label={t('builder.preview')}
            className={classNames(
              'min-h-0 min-w-0 border-line bg-surface lg:block lg:border-l',
              view !== 'preview' && 'hidden',
            )}
          >
            {/* Other questions before the chat make it another chat. */}
            <div key={JSON.stringify(stored.definition.variables)} className="h-full">
              {renderPreview(stored)}
            </div>
          </section>
        </div>
      </div>
      <LeaveGuard draft={draft} />
    </FormProvider>
  );
}
