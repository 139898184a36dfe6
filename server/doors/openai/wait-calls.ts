import { z } from 'zod';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { ApprovalDecision, FormAnswer, type OpenWait } from '#server/contract/run-wait.ts';
import { HubError } from '#server/hub-error.ts';

/** An answer of a client to something that a run waits for. */
export type WaitReply = { run: string; wait: string } & (
  | { kind: 'approval'; answer: ApprovalDecision }
  | { kind: 'form'; answer: FormAnswer }
);

const callId = /^(approval|form)_([\w-]{1,64})\.([\w-]{1,64})$/;
const yes = /^\W*(?:approved?|yes|ok|true)\b/i;
const no = /^\W*(?:refused?|rejected?|denied|deny|no|false)\b\W*(.*)$/is;
const declined = /^\W*(?:declined?|refused?|no)\b/i;

/** What a run waits for, as a tool call that the client answers. Pure. */
export function toWaitCall(run: string, wait: OpenWait) {
  const { tool, agent, expiresAt } = wait;
  const asker = agent === undefined ? {} : { agent: agent.name };
  const about =
    wait.kind === 'form'
      ? {
          ...asker,
          form: wait.form,
          expiresAt,
          answer: 'Send {"values": {…}} by the names of the fields, or {"declined": true}.',
        }
      : {
          ...asker,
          tool,
          arguments: wait.input,
          expiresAt,
          answer:
            'Send {"decision": "approve"}, with "input" for other arguments, or {"decision": "refuse", "reason": "…"}.',
        };
  return {
    id: `${wait.kind}_${run}.${wait.id}`,
    type: 'function' as const,
    function: {
      name: wait.kind === 'form' ? 'answer_form' : 'approve_tool_call',
      arguments: JSON.stringify(about),
    },
  };
}

/** A client's answer to a call as it was sent, and where in the request's body its parts stand. */
export type SentReply = { id: string; text: string; idPath: string; textPath: string };

/**
 * Reads a client's answer to a call.
 *
 * @throws {HubError} `validation_failed`, for a call that no run of the hub asked for, or an answer that cannot be read
 */
export function readWaitReply({ id, text, idPath, textPath }: SentReply): WaitReply {
  const [, kind, run, wait] = callId.exec(id) ?? [];
  if (run === undefined || wait === undefined) {
    throw refuseReply(idPath, {
      en: 'The hub asked for no such call. Tools run inside the hub; only "approve_tool_call" and "answer_form" are answered.',
      zh: '中枢没有请求这样的调用。工具在中枢内运行；只有 "approve_tool_call" 与 "answer_form" 需要答复。',
    });
  }
  const value = parse(text);
  if (kind === 'approval') {
    const answer = readDecision(value, text);
    if (answer === null) {
      throw refuseReply(textPath, {
        en: 'Send {"decision": "approve"} or {"decision": "refuse"}.',
        zh: '请发送 {"decision": "approve"} 或 {"decision": "refuse"}。',
      });
    }
    return { run, wait, kind, answer };
  }
  const answer = readFormAnswer(value, text);
  if (answer === null) {
    throw refuseReply(textPath, {
      en: 'Send {"values": {…}} or {"declined": true}.',
      zh: '请发送 {"values": {…}} 或 {"declined": true}。',
    });
  }
  return { run, wait, kind: 'form', answer };
}

function readDecision(value: unknown, text: string): ApprovalDecision | null {
  const decision = ApprovalDecision.safeParse(value);
  if (decision.success) return decision.data;
  if (typeof value === 'object' && value !== null) return null;
  if (yes.test(text)) return { decision: 'approve' };
  const refusal = no.exec(text);
  if (refusal === null) return null;
  const reason = (refusal[1] ?? '').trim().slice(0, 1000);
  return { decision: 'refuse', ...(reason === '' ? {} : { reason }) };
}

function readFormAnswer(value: unknown, text: string): FormAnswer | null {
  const answer = FormAnswer.safeParse(value);
  if (answer.success) return answer.data;
  const values = FormAnswer.safeParse({ values: value });
  if (values.success) return values.data;
  return declined.test(text) ? { declined: true } : null;
}

function parse(text: string): unknown {
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
}

export function refuseReply(path: string, message: LocalizedText): HubError {
  return new HubError('validation_failed', message, { errors: [{ path, message }] });
}
