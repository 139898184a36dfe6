import { AIMessage, type BaseMessage, HumanMessage } from '@langchain/core/messages';
import type { JsonObject } from '#server/contract/json.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { findSchemaIssues } from '#server/find-schema-issues.ts';
import { HubError, type HubIssue } from '#server/hub-error.ts';
import { toSchemaWords } from '#server/schema-issue-words.ts';
import { withoutFence } from '#server/without-fence.ts';

/** An answer that was held to a schema: its JSON, without a fence around it, or why it is none (`output_invalid`). */
export type CheckedOutput = { json: string; problem: null } | { json: null; problem: HubError };

const longestQuote = 200;
const mostIssues = 20;

/**
 * Holds an answer to the JSON schema (2020-12) that the agent promises, and names every place that does not fit.
 *
 * @throws {HubError} `output_invalid`, where no answer could fit because the schema cannot be read
 */
export function checkOutput(text: string, schema: JsonObject): CheckedOutput {
  const json = withoutFence(text);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    const said = quote(text);
    return refuse({
      en: `The agent promises JSON, but its answer is not JSON. ${said.en}`,
      zh: `该智能体应回答 JSON，但其回答不是 JSON。${said.zh}`,
    });
  }
  const errors = findIssues(value, schema);
  if (errors.length === 0) return { json, problem: null };
  const said = quote(text);
  return refuse(
    {
      en: `The answer does not have the shape that the agent promises. ${said.en}`,
      zh: `回答不符合该智能体所承诺的结构。${said.zh}`,
    },
    errors,
  );
}

function findIssues(value: unknown, schema: JsonObject): HubIssue[] {
  try {
    return findSchemaIssues(value, schema, 'output').map(({ path, message }) => ({
      path,
      message: toSchemaWords(message),
    }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no reason was given';
    throw new HubError(
      'output_invalid',
      {
        en: `The JSON Schema of this agent cannot be read: ${reason.slice(0, longestQuote)}`,
        zh: `无法读取该智能体的 JSON Schema：${reason.slice(0, longestQuote)}`,
      },
      { cause },
    );
  }
}

function refuse(detail: LocalizedText, errors?: HubIssue[]): CheckedOutput {
  const problem = new HubError('output_invalid', detail, errors === undefined ? {} : { errors });
  return { json: null, problem };
}

/** Nothing of the answer was streamed, so this is all that people see of it. */
function quote(text: string): LocalizedText {
  const said = text.trim();
  if (said === '') return { en: 'It was empty.', zh: '回答为空。' };
  const begun = `${said.slice(0, longestQuote)}${said.length > longestQuote ? ' …' : ''}`;
  return { en: `It began with: ${begun}`, zh: `开头是：${begun}` };
}

/** What the model is told, once, of an answer that does not fit. */
export function toRepairMessages(text: string, { errors = [] }: HubError): BaseMessage[] {
  const issues = errors.slice(0, mostIssues).map(({ path, message }) => `- ${path}: ${message}`);
  const wrong = issues.length === 0 ? 'Your answer is not JSON.' : `Your answer does not fit:\n${issues.join('\n')}`;
  return [
    // No provider takes an empty answer back.
    new AIMessage(text.trim() === '' ? '(nothing)' : text),
    new HumanMessage(
      `${wrong}\nSend the whole answer again, corrected: JSON alone that fits the JSON Schema, without a fence or words around it.`,
    ),
  ];
}
