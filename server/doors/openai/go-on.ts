import type { Actor } from '#server/contract/actor.ts';
import type { RunService, StartedRun } from '#server/features/runs/run-service.ts';
import { HubError } from '#server/hub-error.ts';
import { type ChatMessage, readContent } from './openai-input.ts';
import { readWaitReply, type WaitReply } from './wait-calls.ts';

type Runs = Pick<RunService, 'get' | 'open' | 'decideApproval' | 'answerForm'>;

/** A run that goes on after it waited: what was said before, and the last event that the client has been sent. */
export type ContinuedRun = { run: StartedRun; said: string; after: string | undefined };

/**
 * The answers at the end of a client's messages to what a run waits for; none when the last message is no `tool`'s.
 *
 * @throws {HubError} `validation_failed`
 */
export function readWaitReplies(messages: ChatMessage[]): WaitReply[] {
  const first = messages.findLastIndex(({ role }) => role !== 'tool') + 1;
  const replies = messages.slice(first).map(({ content, tool_call_id: id }, place) => {
    const { text } = readContent(content ?? '');
    return readWaitReply({ id: id ?? '', text }, first + place);
  });
  if (new Set(replies.map(({ run }) => run)).size > 1) {
    throw new HubError('validation_failed', 'These calls belong to several runs. Answer those of one at a time.', {
      errors: [{ path: `body.messages.${messages.length - 1}.tool_call_id`, message: 'Answer the calls of one run.' }],
    });
  }
  return replies;
}

/**
 * Answers what a run waits for. A request that comes again finds the run as it is by now.
 *
 * @throws {HubError} `not_found`, `validation_failed`
 */
export async function goOn(runs: Runs, actor: Actor, id: string, replies: WaitReply[]): Promise<ContinuedRun> {
  const before = await runs.get(actor, id);
  const run = await runs.open(actor, id);
  const open = new Set(before.waitsFor.map((wait) => wait.id));
  for (const reply of replies) {
    if (!open.has(reply.wait)) continue;
    if (reply.kind === 'form') await runs.answerForm(actor, id, reply.wait, reply.answer);
    else await runs.decideApproval(actor, id, reply.wait, reply.answer);
  }
  return { run, said: before.status === 'waiting' ? before.output : '', after: run.lastEventId };
}
