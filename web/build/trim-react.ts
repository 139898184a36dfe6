import type { Plugin } from 'vite';

/** Read into a page that was drawn elsewhere: this page draws over the hub's first view (`createRoot` alone). */
const hydration = [
  'throwOnHydrationMismatch',
  'prepareToHydrateHostInstance',
  'popToNextHostParent',
  'popHydrationState',
  'upgradeHydrationErrorsToRecoverable',
  'queueHydrationError',
  'mountHostRootWithoutHydrating',
  'updateDehydratedSuspenseComponent',
  'retrySuspenseComponentWithoutHydrating',
  'retryDehydratedSuspenseBoundary',
  'registerSuspenseInstanceRetry',
  'isSuspenseInstancePending',
  'isSuspenseInstanceFallback',
  'commitActivityHydrationCallbacks',
  'commitSuspenseHydrationCallbacks',
  'hideOrUnhideDehydratedBoundary',
  'clearHydrationBoundary',
  'getParentHydrationBoundary',
  'getSuspenseInstanceFromFiber',
  'getActivityInstanceFromFiber',
  'canHydrateInstance',
  'canHydrateTextInstance',
  'canHydrateHydrationBoundary',
  'getNextHydratable',
  'getNextHydratableInstanceAfterHydrationBoundary',
  'createFiberFromDehydratedFragment',
  'getBumpedLaneForHydration',
  'getBumpedLaneForHydrationByLane',
  'markRetryLaneIfNotHydrated',
  'clearIfContinuousEvent',
  'queueIfContinuousEvent',
  'retryIfBlockedOn',
  'attemptExplicitHydrationTarget',
];

/** `<ViewTransition>`, `<Activity>`, `<SuspenseList>` and references to fragments. */
const unusedComponents = [
  'getViewTransitionName',
  'getViewTransitionClassName',
  'createViewTransitionInstance',
  'scheduleViewTransitionEvent',
  'startViewTransition',
  'reportViewTransitionError',
  'trackEnterViewTransitions',
  'pushViewTransitionCancelableScope',
  'applyViewTransitionToHostInstances',
  'applyViewTransitionToHostInstancesRecursive',
  'restoreViewTransitionOnHostInstances',
  'commitAppearingPairViewTransitions',
  'commitEnterViewTransitions',
  'commitDeletedPairViewTransitions',
  'commitExitViewTransitions',
  'commitNestedViewTransitions',
  'restorePairedViewTransitions',
  'restoreEnterOrExitViewTransitions',
  'restoreNestedViewTransitions',
  'measureViewTransitionHostInstancesRecursive',
  'measureNestedViewTransitions',
  'commitAfterMutationEffectsOnFiber',
  'recursivelyTraverseAfterMutationEffects',
  'updateActivityComponent',
  'mountActivityChildren',
  'retryActivityComponentWithoutHydrating',
  'updateSuspenseListComponent',
  'initSuspenseListRenderState',
  'cutOffTailIfNeeded',
  'findFirstSuspended',
  'FragmentInstance',
  'isFragmentInstanceParent',
  'addFragmentHandleToFiber',
  'commitNewChildToFragmentInstance',
  'commitNewChildToFragmentInstances',
  'commitFragmentInstanceInsertionEffects',
  'commitFragmentInstanceDeletionEffects',
  'deleteChildFromFragmentInstance',
];

/** Forms whose `action` is a function, and their hooks. */
const formActions = [
  'mountActionState',
  'updateActionState',
  'updateActionStateImpl',
  'rerenderActionState',
  'runActionStateAction',
  'dispatchActionState',
  'startHostTransition',
  'requestFormReset$1',
  'recursivelyResetForms',
  'extractEvents$1',
];

/** Style sheets, scripts and hints that components ask for: the document names what a page brings. */
const resources = [
  'prefetchDNS',
  'preconnect',
  'preload',
  'preloadModule',
  'preinitStyle',
  'preinitScript',
  'preinitModuleScript',
  'getResource',
  'acquireResource',
  'suspendInstance',
  'suspendResource',
  'waitForCommitToBeReady',
  'accumulateSuspenseyCommitOnFiber',
];

/** What names the components above an error; the page shows an error's own words. */
const stacks = ['getStackByFiberInDevAndProd'];

/** What some of them answer where nothing of their kind is there; the others answer nothing. */
const answers: Record<string, string> = {
  popHydrationState: 'false',
  queueIfContinuousEvent: 'false',
  isFragmentInstanceParent: 'false',
  upgradeHydrationErrorsToRecoverable: 'null',
  getParentHydrationBoundary: 'null',
  getSuspenseInstanceFromFiber: 'null',
  getActivityInstanceFromFiber: 'null',
  getResource: 'null',
  waitForCommitToBeReady: 'null',
  updateActivityComponent: 'null',
  updateSuspenseListComponent: 'null',
  getStackByFiberInDevAndProd: '""',
};

/**
 * Leaves out of React what this page never asks of it, a third of it by weight. React names no such parts of its own, so each is
 * a function that is emptied by its name; what only it called goes with it.
 *
 * @throws {Error} where React has no such function any more: with another React this list is read again
 */
export function trimReact(code: string): string {
  const emptied = [hydration, unusedComponents, formActions, resources, stacks].flat();
  return (
    emptied
      .reduce(emptyFunction, code)
      // A parameter has the same name.
      .replace(/^function initInput\([^]+?^}$/m, (text) => text.replaceAll('isHydrating', 'isRead'))
      .replace('isHydrating = !1,', 'neverHydrates = !1,')
      .replaceAll(/\bisHydrating = ![01]/g, 'neverHydrates = !1')
      .replaceAll(/\bisHydrating\b/g, 'false')
      .replaceAll(/^FragmentInstance\.prototype\.\w+ =\s+function[^]+?^ *};$/gm, '')
      .replace(/^ReactDOMHydrationRoot\.prototype\.unstable_scheduleHydration = [^]+?^};$/m, '')
      .replace(/^exports\.hydrateRoot = [^]+?^};$/m, '')
  );
}

function emptyFunction(code: string, name: string): string {
  const start = code.indexOf(`\nfunction ${name}(`);
  const end = code.indexOf('\n}\n', start);
  if (start < 0 || end < 0) throw new Error(`React has no "${name}" any more: see whether the page can do without.`);
  const answer = answers[name];
  return `${code.slice(0, start)}\nfunction ${name}() {${answer === undefined ? '' : ` return ${answer}; `}${code.slice(end + 1)}`;
}

/** Builds the page with as much of React as it asks for. */
export function withTrimmedReact(): Plugin {
  return {
    name: 'trim-react',
    apply: 'build',
    transform: (code, id) => (/\/react-dom-client\.production\.js$/.test(id) ? trimReact(code) : null),
  };
}
