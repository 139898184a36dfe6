import { v7 } from 'uuid';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { OpenWait, RunWait } from '#server/contract/run-wait.ts';
import type { Turn } from './run-ports.ts';

/** Gives waits their identifiers and their ends. */
export function createWaitOpener({ waitMs, now }: { waitMs: number; now: () => Date }): Turn['openWait'] {
  return (request) => ({ id: v7(), ...request, expiresAt: new Date(now().getTime() + waitMs).toISOString() });
}

const toNote = (note: string | null | undefined) => (note ? { note } : {});

/** The event that tells a person what is asked of them. Pure. */
export function toRequestEvent({ id, call, tool, agent, expiresAt, question }: RunWait): RunEvent {
  return question.kind === 'form'
    ? { type: 'form-request', form: id, call, tool, agent, request: question.form, expiresAt }
    : {
        type: 'approval-request',
        approval: id,
        call,
        tool,
        agent,
        input: question.input,
        ...toNote(question.note),
        expiresAt,
      };
}

/** What a run waits for, as the API shows it. Pure. */
export function presentWait({ id, call, tool, agent, expiresAt, question }: RunWait): OpenWait {
  const base = { id, call, tool, agent, expiresAt };
  return question.kind === 'form'
    ? { ...base, kind: 'form', form: question.form }
    : { ...base, kind: 'approval', input: question.input, ...toNote(question.note) };
}

/** What was asked and not answered, read from a run's events. Pure. */
export function findOpenWaits(events: readonly RunEvent[]): OpenWait[] {
  const open = new Map<string, OpenWait>();
  for (const event of events) {
    if (event.type === 'approval-request') {
      const { approval: id, call, tool, agent, input, note, expiresAt } = event;
      open.set(id, { kind: 'approval', id, call, tool, agent, input, ...toNote(note), expiresAt });
    }
    if (event.type === 'form-request') {
      const { form: id, call, tool, agent, request: form, expiresAt } = event;
      open.set(id, { kind: 'form', id, call, tool, agent, form, expiresAt });
    }
    if (event.type === 'approval-result') open.delete(event.approval);
    if (event.type === 'form-result') open.delete(event.form);
  }
  return [...open.values()];
}
