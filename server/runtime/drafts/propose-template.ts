import { v7 } from 'uuid';
import { toShownDefinition } from '#server/contract/shown-definition.ts';
import { listParts } from '#server/contract/proposal.ts';
import type { RunEvent } from '#server/contract/run-event.ts';
import { toLanguageTag } from '#server/read-language.ts';
import { detectLanguage } from '#server/runtime/models/offline-planner/wording.ts';
import type { RunOutcome } from '#server/runtime/run-agent.ts';
import { toProposalArtifact } from '#server/runtime/tools/propose-changes.ts';
import type { DraftDesk, DraftTemplate } from './draft-desk.ts';
import { fillTemplate, findTemplate } from './fill-template.ts';

const texts = {
  en: {
    intent: 'Looking for the closest template',
    summary: (name: string) => `The template “${name}”, with your words filled in`,
    blank: 'Your own words as instructions',
    found: (name: string) =>
      `No language model is connected to this hub, so nobody can write an agent from your description. The closest template is **${name}**: I filled your words into its name, tagline and instructions, and changed nothing else of it.`,
    none: 'No language model is connected to this hub, so nobody can write an agent from your description, and no template is close to it. I put your own words in as its instructions.',
    next: 'Take the parts that fit, and finish the rest under Configure. To have agents written and refined in a talk, connect a language model: an administrator does it under Settings → Models.',
    refused: 'The template cannot be used as it is:',
  },
  zh: {
    intent: '查找最接近的模板',
    summary: (name: string) => `模板“${name}”，已填入您的描述`,
    blank: '以您的原话作为指令',
    found: (name: string) =>
      `此中枢没有连接语言模型，因此无法根据您的描述撰写智能体。最接近的模板是 **${name}**：我把您的描述填入了名称、简介和指令，其余内容未作改动。`,
    none: '此中枢没有连接语言模型，因此无法根据您的描述撰写智能体，也没有接近的模板。我把您的原话作为指令填入。',
    next: '请应用合适的部分，其余可在“配置”中完成。若要通过对话撰写和完善智能体，请连接语言模型：管理员可在“设置 → 模型”中连接。',
    refused: '该模板无法直接使用：',
  },
};

const inLanguage = (templates: readonly DraftTemplate[], language: keyof typeof texts): DraftTemplate[] =>
  templates.map((template) => ({
    ...template,
    definition: toShownDefinition(template.definition, toLanguageTag(language)),
  }));

/**
 * A turn about a draft where no language model is connected: the template that is closest to what the person wrote, filled with
 * their words, and a plain word about it.
 */
export async function* proposeTemplate(desk: DraftDesk, description: string): AsyncGenerator<RunEvent, RunOutcome> {
  const language = detectLanguage(description);
  const say = texts[language];
  const call = v7();
  const startedAt = performance.now();
  yield { type: 'tool-call', call, tool: 'find-template', intent: say.intent, input: { description } };
  const [templates, tools] = await Promise.all([desk.listTemplates(), desk.listTools()]);
  const offered = new Set(tools.filter(({ unavailable }) => unavailable === null).map(({ id }) => id));
  const template = findTemplate(inLanguage(templates, language), description);
  const name = template?.definition.identity.name ?? null;
  const summary = name === null ? say.blank : say.summary(name);
  const proposal = fillTemplate({ template, description, offered, summary, language });
  const problems = await desk.findProblems(proposal);
  if (problems.length === 0) yield { type: 'artifact', artifact: toProposalArtifact(v7(), desk.agentId, proposal) };
  const output = { template: name, parts: problems.length === 0 ? listParts(proposal) : [] };
  const durationMs = Math.round(performance.now() - startedAt);
  yield { type: 'tool-result', call, tool: 'find-template', isError: false, output, durationMs, file: null };
  const refusal = problems.map(({ path, message }) => `- ${path}: ${message[language]}`);
  const paragraphs =
    refusal.length === 0
      ? [name === null ? say.none : say.found(name), say.next]
      : [`${say.refused}\n\n${refusal.join('\n')}`, say.next];
  yield { type: 'text-delta', text: paragraphs.join('\n\n') };
  return { finishReason: 'stop' };
}
