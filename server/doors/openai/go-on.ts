import type { Actor } from '#server/contract/actor.ts';
import type { StartedRun } from '#server/features/runs/open-run.ts';
import type { RunService } from '#server/features/runs/run-service.ts';
import { type ChatMessage, readContent, type ResponseItem } from './openai-input.ts';
import { readWaitReply, refuseReply, type SentReply, type WaitReply } from './wait-calls.ts';

type Runs = Pick<RunService, 'get' | 'open' | 'decideApproval' | 'answerForm'>;

/** A run to follow: what it said before it waited, and the last event that the client has been sent. */
export type ContinuedRun = { run: StartedRun; said: string; after: string | undefined };

/**
 * The answers at the end of a client's messages to what a run waits for; none when the last message is no `tool`'s.
 *
 * @throws {HubError} `validation_failed`
 */
export function readChatReplies(messages: ChatMessage[]): WaitReply[] {
  const first = messages.findLastIndex(({ role }) => role !== 'tool') + 1;
  return readWaitReplies(
    messages.slice(first).map(({ content, tool_call_id: id }, place) => ({
      id: id ?? '',
      text: readContent(content ?? '').text,
      idPath: `body.messages.${first + place}.tool_call_id`,
      textPath: `body.messages.${first + place}.content`,
    })),
  );
}

/**
 * The answers at the end of a response's input; none when the last item is no `function_call_output`.
 *
 * @throws {HubError} `validation_failed`
 */
export function readResponseReplies(items: ResponseItem[]): WaitReply[] {
  return readWaitReplies(
    items.slice(items.findLastIndex((item) => !('output' in item)) + 1).flatMap((item) => {
      const at = `body.input.${items.indexOf(item)}`;
      if (!('output' in item)) return [];
      const { text } = readContent(item.output);
      return [{ id: item.call_id, text, idPath: `${at}.call_id`, textPath: `${at}.output` }];
    }),
  );
}

function readWaitReplies(sent: SentReply[]): WaitReply[] {
  const replies = sent.map(readWaitReply);
  if (new Set(replies.map(({ run }) => run)).size > 1) {
    throw refuseReply(sent.at(-1)?.idPath ?? 'body', {
      en: 'These calls belong to several runs. Answer those of one run at a time.',
      zh: '这些调用属于多次运行，请一次只答复一次运行的调用。',
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
