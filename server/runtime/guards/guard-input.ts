import type { Guard, GuardFinding } from '#server/contract/guard.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { HubError } from '#server/hub-error.ts';
import type { HistoryMessage } from '#server/runtime/build-messages.ts';
import { activateGuards, type ActiveGuard, checkLongText } from './check-text.ts';
import { guardRefused } from './guard-errors.ts';
import type { Language } from './mark.ts';

type Given = {
  history: HistoryMessage[];
  variables: Record<string, string>;
  taken?: { brief: string } | null;
  language: Language;
};

const refusedBefore = '[This message was refused by a guard.]';
/** More than any conversation holds; a guard looks at as many in a second or two. */
const mostCharacters = 3_000_000;

/**
 * Holds all that people send to the model to the guards of the agent: the newest message with its files, what is given as
 * a system message, a variable or at a hand-over, and the earlier messages, which may have been refused when they came.
 *
 * @returns the same with masks; files are then given to tools only as far as they were looked at
 * @throws {HubError} `guard_refused`, before any model was called; `payload_too_large`, where there is too much to look at
 */
export async function* guardInput<Turn extends Given>(
  turn: Turn,
  guards: readonly Guard[],
): AsyncGenerator<RunEvent, Turn> {
  const active = activateGuards(guards, 'input');
  if (active.length === 0) return turn;
  const ofText = active.filter(({ guard }) => guard.kind !== 'json-schema');
  const ofFile = ofText.filter(({ guard }) => guard.kind !== 'maximum-length');
  const findings: GuardFinding[] = [];
  let characters = 0;

  async function look(text: string, by: readonly ActiveGuard[], isNew = true): Promise<string> {
    characters += text.length;
    if (characters > mostCharacters)
      throw new HubError('payload_too_large', {
        en: `The guards of this agent look at ${mostCharacters} characters at most. Send less.`,
        zh: `该智能体的防护最多检查 ${mostCharacters} 个字符。请减少发送的内容。`,
      });
    const verdict = await checkLongText(by, text, turn.language);
    if (isNew) findings.push(...verdict.findings);
    return verdict.isRefused ? refusedBefore : verdict.text;
  }

  const history: HistoryMessage[] = [];
  for (const message of turn.history) {
    if (message.role === 'assistant') {
      history.push(message);
      continue;
    }
    const isNewest = message === turn.history.at(-1);
    const isNew = isNewest || message.role === 'system';
    const content = await look(message.content, isNewest ? active : ofText, isNew);
    const attachments = [];
    for (const file of message.attachments ?? []) {
      const name = await look(file.name, ofFile, isNew);
      attachments.push(
        file.kind === 'image'
          ? { ...file, name }
          : { kind: file.kind, name, text: await look(file.text, ofFile, isNew) },
      );
    }
    history.push({ ...message, content, ...(message.attachments === undefined ? {} : { attachments }) });
  }
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(turn.variables)) variables[name] = await look(value, ofText);

  const { taken = null } = turn;
  const told = taken === null ? {} : { taken: { ...taken, brief: await look(taken.brief, ofText) } };

  const all = joinFindings(findings);
  for (const finding of all) yield { type: 'guard', side: 'input', ...finding };
  if (all.some(({ action }) => action === 'refuse')) throw guardRefused('input', all);
  return { ...turn, history, variables, ...told };
}

/** One line a guard. */
export function joinFindings(findings: readonly GuardFinding[]): GuardFinding[] {
  const joined = new Map<string, GuardFinding>();
  for (const { guard, action, what, count } of findings) {
    const key = `${guard} ${action}`;
    const before = joined.get(key);
    joined.set(key, {
      guard,
      action,
      what: [...new Set([...(before?.what ?? []), ...what])],
      count: (before?.count ?? 0) + count,
    });
  }
  return [...joined.values()];
}
