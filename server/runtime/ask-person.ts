import { toNamedAgent } from '#server/contract/agent-translation.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { FoundAgent } from '#server/contract/run-checkpoint.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import type { RunWait, WaitAnswer, WaitQuestion } from '#server/contract/run-wait.ts';
import { HubError } from '#server/hub-error.ts';
import type { EquippedTool, ToolCallPorts } from './run-tool-call.ts';

/** Begins to wait for a person: gives the wait its identifier and its end. */
export type OpenWait = (request: Pick<RunWait, 'call' | 'tool' | 'agent' | 'question'>) => RunWait;

/** Begins waits in the name of an agent that works in another one's run; null where nobody can be asked. */
export const openWaitFor = ({ id, handle, definition }: FoundAgent, openWait: OpenWait | null): OpenWait | null => {
  const agent = toNamedAgent({ id, handle, definition });
  return openWait && ((request) => openWait({ ...request, agent: request.agent ?? agent }));
};

/** What a person's answer means for a call: it is made, with other arguments where they edited them, or its result is known. */
export type AnsweredCall = { edited: JsonObject | null } | { isError: boolean; output: JsonValue };

/** What is looked into to tell what a call would spend. */
type Desks = Pick<ToolCallPorts, 'openData' | 'openAlerts' | 'language'>;

/** What a person must be asked before a call is made; null when nothing. */
export async function findQuestion(
  { tool, settings }: EquippedTool,
  input: JsonObject,
  desks: Desks,
): Promise<WaitQuestion | null> {
  if (tool.ask !== undefined) {
    const checked = tool.input.safeParse(input);
    return checked.success ? { kind: 'form', form: tool.ask(checked.data) } : null;
  }
  const note = await findNote(tool, input, desks);
  const isAsked =
    settings.approval === 'always' || (settings.approval === 'on-write' && tool.effect === 'write') || note !== null;
  return isAsked ? { kind: 'approval', input, fixed: settings.fixedParameters, note } : null;
}

async function findNote(tool: EquippedTool['tool'], input: JsonObject, desks: Desks): Promise<string | null> {
  if (tool.asksFirst === undefined) return null;
  const checked = tool.input.safeParse(input);
  // What does not fit, or names what is not there, is refused when it runs.
  if (!checked.success) return null;
  try {
    return (await tool.asksFirst(checked.data, desks))?.[desks.language] ?? null;
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown;
    return thrown.code === 'not_found' || thrown.code === 'validation_failed' ? null : notKnown[desks.language];
  }
}

/** To ask once too often is better than to spend unasked. */
const notKnown = {
  en: 'What this would spend could not be looked up now.',
  zh: '目前无法查明这会消耗多少。',
};

/** The event that tells of a person's answer. `input` is what the call is made with where it was edited. Pure. */
export function toAnswerEvent({ id, question }: RunWait, answer: WaitAnswer, input: JsonObject | null): RunEvent {
  if (question.kind === 'form') {
    const outcome = answer.outcome === 'answered' || answer.outcome === 'expired' ? answer.outcome : 'declined';
    return {
      type: 'form-result',
      form: id,
      outcome,
      ...(answer.outcome === 'answered' ? { values: answer.values } : {}),
    };
  }
  const isDecided = answer.outcome === 'approved' || answer.outcome === 'refused';
  return {
    type: 'approval-result',
    approval: id,
    decision: isDecided ? answer.outcome : 'expired',
    ...(input === null ? {} : { input }),
    ...(isDecided ? { by: answer.by } : {}),
  };
}

/** Reads a person's answer to a call; what the creator fixed is none of theirs to edit. Pure. */
export function readAnswer({ question }: RunWait, answer: WaitAnswer, language: keyof LocalizedText): AnsweredCall {
  switch (answer.outcome) {
    case 'approved': {
      if (answer.input === undefined || question.kind !== 'approval') return { edited: null };
      const { fixed } = question;
      const own = Object.entries(answer.input).filter(([name]) => !Object.hasOwn(fixed, name));
      return { edited: Object.fromEntries(own) };
    }
    case 'refused': {
      const { reason = '' } = answer;
      return toRefusal(refusedBy(reason)[language]);
    }
    case 'answered':
      return { isError: false, output: { declined: false, values: answer.values } };
    case 'declined':
      return { isError: false, output: { declined: true } };
    case 'expired':
      return toRefusal((question.kind === 'form' ? notFilledIn : notApproved)[language]);
  }
}

const refusedBy = (reason: string): LocalizedText => ({
  en: `The person refused this call. It was not made.${reason === '' ? '' : ` Reason: ${reason}`}`,
  zh: `用户拒绝了此调用。没有进行调用。${reason === '' ? '' : `理由：${reason}`}`,
});
const notFilledIn = { en: 'Nobody filled in the form in time.', zh: '没有人及时填写表单。' };
const notApproved = {
  en: 'Nobody approved this call in time. It was not made.',
  zh: '没有人及时批准此调用。没有进行调用。',
};

const toRefusal = (error: string): AnsweredCall => ({ isError: true, output: { error } });
