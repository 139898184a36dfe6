import { lazy, Suspense } from 'react';
import type { GuardSide } from '#server/contract/guard.ts';
import MarkdownBody from '#web/features/runs/markdown/markdown-body.tsx';
import { isUnderWay, type RunView } from '#web/features/runs/run-view.ts';
import { Reasoning } from './reasoning.tsx';
import { RunOutcome } from './run-outcome.tsx';
import { StepList } from './step-list.tsx';
import { ThinkingLine } from './thinking-line.tsx';

/** What few answers have is loaded with the first that has it. */
const FallbackLine = lazy(() => import('./fallback-line.tsx'));
const GuardLine = lazy(() => import('./guard-line.tsx'));
const HandOverLine = lazy(() => import('./hand-over-line.tsx'));
const NoticeLine = lazy(() => import('./notice-line.tsx'));
const UnsourcedFigures = lazy(() => import('./unsourced-figures.tsx'));
const OriginLine = lazy(() => import('./origin-line.tsx'));
const RememberedLine = lazy(() => import('./remembered-line.tsx'));
const ArtifactList = lazy(() => import('./artifact-list.tsx'));
const SourceList = lazy(() => import('./source-list.tsx'));
const ApprovalCard = lazy(() => import('./approval-card.tsx'));
const FormCard = lazy(() => import('./form-card.tsx'));

type RunAnswerProps = { view: RunView; onRetry?: (() => void) | undefined; canSend?: boolean };

/** All that a run has to show, as far as it has come; `onRetry` asks for it again where it went wrong. */
export function RunAnswer({ view, onRetry, canSend }: RunAnswerProps) {
  const sourcePrefix = `source-${view.run ?? 'starting'}-`;
  const open = view.approvals.filter(({ decision }) => decision === null);
  const forms = view.forms.filter(({ outcome }) => outcome === null);
  const isSilent = view.text === '' && view.steps.length === 0 && view.reasoning === '';
  const ofSide = (side: GuardSide) =>
    view.guards
      .filter((guard) => guard.side === side)
      // Of tools there is one a call, and they never change places.
      .map((guard, place) => <GuardLine key={place} guard={guard} />);
  return (
    <div className="grid min-w-0 grid-cols-1 gap-3">
      <Suspense fallback={null}>{view.startedBy && <OriginLine origin={view.startedBy} />}</Suspense>
      {view.reasoning !== '' && <Reasoning text={view.reasoning} isGrowing={isUnderWay(view) && view.text === ''} />}
      <Suspense fallback={null}>
        {view.fallbacks.map((fallback) => (
          <FallbackLine key={`${fallback.from} ${fallback.to}`} fallback={fallback} />
        ))}
        {view.notices.map((notice) => (
          <NoticeLine key={JSON.stringify(notice)} notice={notice} />
        ))}
        {ofSide('input')}
        {ofSide('tool-input')}
        {ofSide('tool-result')}
      </Suspense>
      {view.steps.length > 0 && <StepList steps={view.steps} />}
      <Suspense fallback={null}>
        {view.steps
          .filter(({ tool, isError }) => tool === 'remember' && !isError)
          .map((step) => (
            <RememberedLine key={step.call} step={step} />
          ))}
        {view.handOvers.map((handOver) => (
          <HandOverLine key={handOver.agent.id} handOver={handOver} />
        ))}
      </Suspense>
      {isUnderWay(view) && isSilent && <ThinkingLine />}
      {view.text !== '' && <MarkdownBody text={view.text} sources={view.sources} sourcePrefix={sourcePrefix} />}
      <Suspense fallback={null}>
        {view.notices.map(
          (notice) =>
            notice.kind === 'figures-unsourced' && <UnsourcedFigures key="figures" figures={notice.figures} />,
        )}
        {ofSide('output')}
        {view.artifacts.length > 0 && <ArtifactList artifacts={view.artifacts} canSend={canSend} />}
        {view.run !== null && isUnderWay(view) && (
          <>
            {open.map((approval) => (
              <ApprovalCard key={approval.approval} run={view.run ?? ''} approval={approval} />
            ))}
            {forms.map((request) => (
              <FormCard key={request.form} run={view.run ?? ''} request={request} />
            ))}
          </>
        )}
        {view.sources.length > 0 && <SourceList sources={view.sources} prefix={sourcePrefix} />}
      </Suspense>
      <RunOutcome view={view} onRetry={onRetry} />
    </div>
  );
}
