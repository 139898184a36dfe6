import { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { applyProposal, type DraftProposal, listParts } from '#server/contract/proposal.ts';

/** What the person may use, by identifier. */
export type Offered = { tools: ReadonlySet<string>; models: ReadonlySet<string>; categories: ReadonlySet<string> };

/** Why a proposal could not be applied to a draft as a whole, in words that a model can mend it by. Pure. */
export function findProposalProblems(
  draft: AgentDefinition,
  proposal: DraftProposal,
  offered: Offered,
): ProblemIssue[] {
  const parts = listParts(proposal);
  if (parts.length === 0) return [{ path: 'summary', message: 'Propose at least one part beside the summary.' }];
  const whole = applyProposal(draft, proposal, parts);
  const checked = AgentDefinition.safeParse(whole);
  const misfits = (checked.error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }));
  return [
    ...misfits,
    ...findUnknown(proposal, draft, offered),
    ...findVariableProblems(whole, proposal),
    ...findTestProblems(whole, proposal),
  ];
}

function findUnknown(proposal: DraftProposal, draft: AgentDefinition, offered: Offered): ProblemIssue[] {
  const had = new Set(draft.tools.map(({ id }) => id));
  const { tools = [], models = [], category } = proposal;
  return [
    ...tools.flatMap((id, index) =>
      had.has(id) || offered.tools.has(id)
        ? []
        : [{ path: `tools.${index}`, message: `There is no usable tool "${id}". Search the catalogue for one.` }],
    ),
    ...models.flatMap((reference, index) =>
      draft.model.wishes.includes(reference) || offered.models.has(reference)
        ? []
        : [{ path: `models.${index}`, message: `There is no model "${reference}". Leave the list empty or search.` }],
    ),
    ...(category === undefined || category === draft.identity.category || offered.categories.has(category)
      ? []
      : [{ path: 'category', message: `Choose one of: ${[...offered.categories].join(', ')}.` }]),
  ];
}

function findVariableProblems(whole: AgentDefinition, { instructions, variables }: DraftProposal): ProblemIssue[] {
  if (instructions === undefined && variables === undefined) return [];
  const names = whole.variables.map(({ name }) => name);
  const used = [...whole.instructions.matchAll(/\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g)].map((match) => match[1] ?? '');
  const unknown = [...new Set(used)].filter((name) => !names.includes(name));
  return [
    ...unknown.map((name) => ({
      path: 'instructions',
      message: `{{${name}}} is no variable of the agent. Add it to "variables" or write the text without it.`,
    })),
    ...names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [{ path: `variables.${index}.name`, message: `There are two variables "${name}".` }]
        : [],
    ),
    ...whole.variables.flatMap(({ type, options }, index) =>
      type === 'choice' && options.length === 0
        ? [{ path: `variables.${index}.options`, message: 'A choice needs at least one option.' }]
        : [],
    ),
  ];
}

function findTestProblems(whole: AgentDefinition, { tests = [] }: DraftProposal): ProblemIssue[] {
  const had = new Set(whole.tools.map(({ id }) => id));
  return tests.flatMap(({ expect }, index) =>
    expect.flatMap((check, place) =>
      check.kind === 'calls' && !had.has(check.tool)
        ? [
            {
              path: `tests.${index}.expect.${place}.tool`,
              message: `The agent would not have the tool "${check.tool}", so it cannot call it.`,
            },
          ]
        : [],
    ),
  );
}
