import { isObject } from '#server/contract/is-object.ts';
import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { Finding, Plan } from './plan.ts';
import { quotePassages } from './quote-passages.ts';
import { readResult, type CitedSource } from './read-result.ts';
import { renderProposal } from './render-proposal.ts';
import { renderRows } from './render-rows.ts';
import { parseJson } from './recognise.ts';
import { renderValue, toInlineText } from './render-value.ts';
import { sayFirst } from './say-first.ts';
import { sayNotes } from './say-notes.ts';
import type { ToolView } from './tool-view.ts';
import { wordsOf, type Language } from './wording.ts';

const textMembers = ['markdown', 'content', 'text', 'body', 'passage', 'excerpt', 'summary', 'head'];
const longText = 280;

type Setting = { tools: ToolView[]; agentName: string | null; language: Language; isGreeting: boolean };

function toHint(code: string | null, language: Language): string {
  const { hints } = wordsOf(language);
  if (code === 'validation_failed' || code === 'bad_request' || code === 'not_found') return hints.input;
  if (code === 'egress_refused') return hints.egress;
  if (code === 'unavailable' || code === 'tool_unavailable') return hints.unavailable;
  return code === null ? hints.refused : hints.other;
}

/** Where no public chain could be read, and the tool could read the hub's own. */
function offersDevnet(code: string | null, given: JsonObject, { shapes }: ToolView): boolean {
  if (code !== 'unavailable' && code !== 'timeout') return false;
  const named = JSON.stringify([given['chain'] ?? '', given['chains'] ?? '']);
  return (
    !named.includes('"devnet"') &&
    shapes.flat().some(({ wish, values, items }) => {
      const known = wish === 'chain' ? values : wish === 'chains' ? items?.['enum'] : null;
      return Array.isArray(known) && known.includes('devnet');
    })
  );
}

function renderFailure({ tool, call }: Finding, text: string, language: Language): string {
  const { body } = readResult(text);
  const json = parseJson(body);
  const members: JsonObject = isObject(json) ? json : {};
  const message = typeof members['error'] === 'string' ? members['error'] : body;
  const code = typeof members['code'] === 'string' ? members['code'] : null;
  const words = wordsOf(language);
  const hint = offersDevnet(code, call.arguments, tool) ? words.hints.devnet : toHint(code, language);
  return `${words.failed(words.title(tool), toInlineText(message))} ${hint}`.trim();
}

function quote(text: string, asked: string, sources: CitedSource[]): string {
  const mark = sources.length === 1 ? ` ${sources[0]?.mark ?? ''}` : '';
  return quotePassages(text, asked)
    .map((passage) => `${passage}${mark}`.replaceAll(/^/gm, '> '))
    .join('\n\n');
}

function renderBody(
  json: JsonValue | undefined,
  body: string,
  asked: string,
  sources: CitedSource[],
  isQuoted: boolean,
  language: Language,
): string {
  if (json === undefined) return isQuoted ? quote(body, asked, sources) : body;
  if (!isObject(json)) return renderValue(json, language);
  const long = textMembers.find(
    (name) => typeof json[name] === 'string' && (json[name].length > longText || sources.length > 0),
  );
  if (long === undefined) return renderValue(json, language);
  const { [long]: text, title } = json;
  const heading = typeof title === 'string' ? `**${toInlineText(title)}**\n\n` : '';
  return heading + quote(typeof text === 'string' ? text : '', asked, sources);
}

function renderFinding(finding: Finding, language: Language): string {
  const words = wordsOf(language);
  const { call, tool, ask } = finding;
  if (call.result === null) return words.noResult(words.title(tool));
  if (call.result.isError) return renderFailure(finding, call.result.text, language);
  const { body, sources, untrusted } = readResult(call.result.text);
  if (body === '') return words.noResult(words.title(tool));
  const rows = tool.name === 'run-sql' ? renderRows(body, call.arguments, language) : null;
  if (rows !== null) return rows;
  const json = parseJson(body);
  const said = json === undefined || language === 'en' ? json : sayNotes(json, language);
  const proposal = tool.name === 'propose-transaction' ? renderProposal(json, language) : null;
  const rendered = proposal ?? renderBody(said, body, ask.terms, sources, untrusted || sources.length > 0, language);
  const first = sayFirst(finding, said, sources, language);
  if (rendered === '') {
    const hasNone = isObject(json ?? null) && Object.values(json as JsonObject).some((member) => Array.isArray(member));
    return hasNone ? words.none(words.title(tool)) : words.done(words.title(tool));
  }
  const list = sources.map(
    ({ mark, title, url }) =>
      `- ${mark} ${url === null ? toInlineText(title) : `[${toInlineText(title)}](${encodeLink(url)})`}`,
  );
  const whole = first === null ? rendered : `${first}\n\n${rendered}`;
  return sources.length === 0 ? whole : `${whole}\n\n${words.sources}\n\n${list.join('\n')}`;
}

function encodeLink(url: string): string {
  return url.replaceAll('(', '%28').replaceAll(')', '%29');
}

function introduce({ tools, agentName, language, isGreeting }: Setting): string {
  const words = wordsOf(language);
  const first = isGreeting ? words.greeting(agentName) : words.noFit;
  const abilities = tools.length === 0 ? words.noTools : `${words.can}\n\n${words.listTools(tools)}`;
  return [
    isGreeting ? `${first} ${words.planner}` : `${words.planner} ${tools.length === 0 ? '' : first}`.trim(),
    abilities,
    words.connect,
  ].join('\n\n');
}

/** Writes the answer from tool results, quoted sources and fixed sentences; no word of it is made up. */
export function composeAnswer(plan: Extract<Plan, { kind: 'answer' }>, setting: Setting): string {
  const { language } = setting;
  const words = wordsOf(language);
  const { findings, questions, said, unanswered } = plan;
  if (findings.length === 0 && questions.length === 0 && said.length === 0) return introduce(setting);
  const results = findings.map((finding) => {
    const text = renderFinding(finding, language);
    const isHeaded = findings.length > 1 && finding.call.result?.isError === false;
    return isHeaded ? `**${words.title(finding.tool)}**\n\n${text}` : text;
  });
  const asked = questions.flatMap(({ tool, missing, faults }) => [
    ...faults.map(({ text }) => words.checksum(text)),
    words.need(words.title(tool), words.listParameters(tool, missing)),
  ]);
  const left =
    unanswered.length === 0
      ? []
      : [words.unanswered(unanswered.map((text) => toInlineText(text.slice(0, 200)))), words.connect];
  return [...results, ...asked, ...said, ...left].join('\n\n');
}
