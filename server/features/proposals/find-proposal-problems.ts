import { AgentDefinition } from '#server/contract/agent-definition.ts';
import { applyProposal, type DraftProposal, listParts } from '#server/contract/proposal.ts';
import type { HubIssue } from '#server/hub-error.ts';
import { toSaidIssues } from '#server/issue-words.ts';

/** What the person may use, by identifier. */
export type Offered = { tools: ReadonlySet<string>; models: ReadonlySet<string>; categories: ReadonlySet<string> };

const nothingProposed = { en: 'Propose at least one part beside the summary.', zh: '除摘要外，请至少提出一处修改。' };
const noOptions = { en: 'A choice needs at least one option.', zh: '选择项至少需要一个选项。' };

/** Why a proposal could not be applied to a draft as a whole, in words that a model can mend it by, and in Chinese for people. Pure. */
export function findProposalProblems(draft: AgentDefinition, proposal: DraftProposal, offered: Offered): HubIssue[] {
  const parts = listParts(proposal);
  if (parts.length === 0) return [{ path: 'summary', message: nothingProposed }];
  const whole = applyProposal(draft, proposal, parts);
  const checked = AgentDefinition.safeParse(whole);
  const misfits = toSaidIssues(checked.error?.issues ?? []);
  return [
    ...misfits,
    ...findUnknown(proposal, draft, offered),
    ...findVariableProblems(whole, proposal),
    ...findTestProblems(whole, proposal),
  ];
}

function findUnknown(proposal: DraftProposal, draft: AgentDefinition, offered: Offered): HubIssue[] {
  const had = new Set(draft.tools.map(({ id }) => id));
  const { tools = [], models = [], category } = proposal;
  return [
    ...tools.flatMap((id, index) =>
      had.has(id) || offered.tools.has(id)
        ? []
        : [
            {
              path: `tools.${index}`,
              message: {
                en: `There is no usable tool "${id}". Search the catalogue for one.`,
                zh: `没有可用的工具“${id}”。请在目录中搜索。`,
              },
            },
          ],
    ),
    ...models.flatMap((reference, index) =>
      draft.model.wishes.includes(reference) || offered.models.has(reference)
        ? []
        : [
            {
              path: `models.${index}`,
              message: {
                en: `There is no model "${reference}". Leave the list empty or search.`,
                zh: `没有模型“${reference}”。请将列表留空，或进行搜索。`,
              },
            },
          ],
    ),
    ...(category === undefined || category === draft.identity.category || offered.categories.has(category)
      ? []
      : [
          {
            path: 'category',
            message: {
              en: `Choose one of: ${[...offered.categories].join(', ')}.`,
              zh: `请选择其中之一：${[...offered.categories].join('、')}。`,
            },
          },
        ]),
  ];
}

function findVariableProblems(whole: AgentDefinition, { instructions, variables }: DraftProposal): HubIssue[] {
  if (instructions === undefined && variables === undefined) return [];
  const names = whole.variables.map(({ name }) => name);
  const used = [...whole.instructions.matchAll(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g)].map((match) => match[1] ?? '');
  const unknown = [...new Set(used)].filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => ({
      path: 'instructions',
      message: {
        en: `{{${name}}} is no variable of the agent. Add it to "variables" or write the text without it.`,
        zh: `{{${name}}} 不是该智能体的变量。请将它加入 "variables"，或在文本中去掉它。`,
      },
    })),
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [
            {
              path: `variables.${index}.name`,
              message: { en: `There are two variables "${name}".`, zh: `有两个名为“${name}”的变量。` },
            },
          ]
        : [],
    ),
    ...whole.variables.flatMap(({ type, options }, index) =>
      type === 'choice' && options.length === 0 ? [{ path: `variables.${index}.options`, message: noOptions }] : [],
    ),
  ];
}

function findTestProblems(whole: AgentDefinition, { tests = [] }: DraftProposal): HubIssue[] {
  const had = new Set(whole.tools.map(({ id }) => id));
  return tests.flatMap(({ expect }, index) =>
    expect.flatMap((check, place) =>
      check.kind === 'calls' && !had.has(check.tool)
        ? [
            {
              path: `tests.${index}.expect.${place}.tool`,
              message: {
                en: `The agent would not have the tool "${check.tool}", so it cannot call it.`,
                zh: `该智能体没有工具“${check.tool}”，因此无法调用它。`,
              },
            },
          ]
        : [],
    ),
  );
}
