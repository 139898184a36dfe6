import { noUsage, type RunEvent } from '#server/contract/run-event.ts';
import { toVisitorProblem } from './embed-errors.ts';

/** What a visitor sees of a run: the answer and what it rests on, not how it came to be or what it cost. Pure. */
export function toVisitorEvent(event: RunEvent): RunEvent | null {
  switch (event.type) {
    case 'run-start':
      return { ...event, model: event.agent };
    case 'text-delta':
    case 'source':
      return event;
    case 'artifact':
      return event.artifact.kind === 'proposal' ? null : event;
    case 'error':
      return { ...event, problem: toVisitorProblem(event.problem) };
    case 'run-end':
      return { ...event, usage: noUsage, costUsd: null };
    default:
      return null;
  }
}
