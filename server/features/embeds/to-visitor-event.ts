import type { LocalizedText } from '#server/contract/localized-text.ts';
import { noUsage, type RunEvent } from '#server/contract/run-event.ts';
import { toVisitorProblem } from './embed-errors.ts';

/** What a visitor sees of a run: the answer and what it rests on, not how it came to be or what it cost. Pure. */
export const toVisitorEvent =
  (language: keyof LocalizedText) =>
  (event: RunEvent): RunEvent | null => {
    switch (event.type) {
      case 'run-start':
        return { ...event, model: event.agent };
      case 'text-delta':
      case 'source':
        return event;
      case 'artifact':
        return event.artifact.kind === 'proposal' ? null : event;
      case 'error':
        return { ...event, problem: toVisitorProblem(event.problem, language) };
      case 'run-end':
        return { ...event, usage: noUsage, costUsd: null, costIsPartial: false };
      case 'reasoning-delta':
      case 'tool-call':
      case 'tool-progress':
      case 'tool-result':
      case 'approval-request':
      case 'approval-result':
      case 'form-request':
      case 'form-result':
      case 'model-fallback':
      case 'guard':
      case 'hand-over':
      case 'notice':
      case 'usage':
        return null;
    }
  };
