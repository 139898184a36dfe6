import { z } from 'zod';
import { AgentDefinition, AgentIdentity, AgentTool, ModelReference } from './agent-definition.ts';
import { EvalCheck, type Eval, EvalNeed } from './eval.ts';
import { Identifier, Timestamp, ToolIdentifier } from './identifier.ts';

/** The parts of a draft that can be proposed and taken one by one; `tests` are saved questions beside the draft. */
export const ProposalPart = z.enum([
  'name',
  'tagline',
  'description',
  'avatar',
  'category',
  'tags',
  'instructions',
  'variables',
  'greeting',
  'starters',
  'models',
  'tools',
  'tests',
]);
export type ProposalPart = z.infer<typeof ProposalPart>;

const identity = AgentIdentity.shape;
const whole = AgentDefinition.shape;
const opening = whole.opening.unwrap().shape;

/** A saved question that is proposed, with what must hold of its answer. */
export const ProposedTest = z.strictObject({
  name: z.string().trim().min(1).max(120).describe('What the test shows, as a sentence.'),
  input: z.string().min(1).max(4000).describe('What the person asks.'),
  expect: z.array(EvalCheck).min(1).max(6).describe('What must hold of the answer.'),
  needs: z.array(EvalNeed).max(5).default(['model']),
});
export type ProposedTest = z.infer<typeof ProposedTest>;

/**
 * Changes to a draft; parts left out stay as they are, lists are whole. Nothing here publishes, shares, spends, holds a secret or
 * lowers what a tool must ask: access, budget, handle and the settings of tools are people's own business.
 */
export const DraftProposal = z.strictObject({
  summary: z.string().trim().min(1).max(300).describe('What changes and why, in one sentence for the person.'),
  name: identity.name.optional(),
  tagline: identity.tagline.unwrap().optional().describe('One line, at most 120 characters.'),
  description: identity.description.unwrap().optional().describe('For the page of the agent: two to four sentences.'),
  avatar: z
    .strictObject({ color: z.string().regex(/^#[0-9a-f]{6}$/i) })
    .optional()
    .describe('The colour of the drawn portrait.'),
  category: identity.category.optional(),
  tags: identity.tags.unwrap().optional(),
  instructions: whole.instructions.unwrap().min(1).optional().describe('The whole text, in Markdown.'),
  variables: whole.variables
    .unwrap()
    .optional()
    .describe('Values asked for before the chat; {{name}} stands for them.'),
  greeting: opening.message.unwrap().optional().describe('The first message that people see.'),
  starters: opening.starters.unwrap().optional().describe('Questions to begin with.'),
  models: z
    .array(ModelReference)
    .max(5)
    .optional()
    .describe('References of the catalogue, best first; [] for default.'),
  tools: z
    .array(ToolIdentifier)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'Name each tool once.')
    .optional()
    .describe('All tools that it has afterwards, by their ids in the catalogue.'),
  tests: z.array(ProposedTest).min(1).max(10).optional().describe('Tests to add.'),
});
export type DraftProposal = z.infer<typeof DraftProposal>;

/** The parts that a proposal has, in the order of the builder. */
export const listParts = (proposal: DraftProposal): ProposalPart[] =>
  ProposalPart.options.filter((part) => proposal[part] !== undefined);

/** The draft with some parts of a proposal. A tool that is kept keeps its settings; a new one asks before it writes. Pure. */
export function applyProposal(
  draft: AgentDefinition,
  proposal: DraftProposal,
  parts: readonly ProposalPart[],
): AgentDefinition {
  const take = <Part extends ProposalPart>(part: Part): DraftProposal[Part] | undefined =>
    parts.includes(part) ? proposal[part] : undefined;
  const name = take('name') ?? draft.identity.name;
  const color = take('avatar')?.color;
  const { avatar } = draft.identity;
  return {
    ...draft,
    identity: {
      ...draft.identity,
      name,
      tagline: take('tagline') ?? draft.identity.tagline,
      description: take('description') ?? draft.identity.description,
      avatar:
        color === undefined
          ? avatar
          : { kind: 'drawn', style: avatar.kind === 'drawn' ? avatar.style : 'shapes', seed: name, color },
      category: take('category') ?? draft.identity.category,
      tags: take('tags') ?? draft.identity.tags,
    },
    instructions: take('instructions') ?? draft.instructions,
    variables: take('variables') ?? draft.variables,
    model: { ...draft.model, wishes: take('models') ?? draft.model.wishes },
    opening: {
      ...draft.opening,
      message: take('greeting') ?? draft.opening.message,
      starters: take('starters') ?? draft.opening.starters,
    },
    tools:
      take('tools')?.map((id) => draft.tools.find((tool) => tool.id === id) ?? AgentTool.parse({ id })) ?? draft.tools,
  };
}

/** A proposed test as an agent's own. */
export const toEval = (test: ProposedTest): Eval => ({ ...test, variables: {}, files: [] });

/** What a person did with a proposal; a part that is in neither list is open. */
export const ProposalDecision = z.object({
  proposal: Identifier,
  applied: z.array(ProposalPart),
  discarded: z.array(ProposalPart),
  decidedAt: Timestamp,
});
export type ProposalDecision = z.infer<typeof ProposalDecision>;

const Parts = z.array(ProposalPart).max(ProposalPart.options.length).default([]);

export const DecideProposalInput = z
  .strictObject({ applied: Parts, discarded: Parts })
  .refine(({ applied, discarded }) => !applied.some((part) => discarded.includes(part)), {
    message: 'A part is applied or discarded, not both.',
  });
export type DecideProposalInput = z.infer<typeof DecideProposalInput>;

/** The talk in which a person has an agent's draft changed. */
export const DraftTalk = z.object({
  /** Null until the first message. Its messages are read like those of any conversation. */
  conversationId: Identifier.nullable(),
  /** The run that is under way in it. */
  activeRun: Identifier.nullable(),
  decisions: z.array(ProposalDecision),
  /** What answers; null where no language model is connected, so that templates are filled instead. */
  model: ModelReference.nullable(),
});
export type DraftTalk = z.infer<typeof DraftTalk>;

/** What the agent should do or what should change, in any language. */
export const DescribeInput = z.strictObject({
  input: z.string().trim().min(1).max(20_000),
  stream: z.boolean().default(false),
});
export type DescribeInput = z.infer<typeof DescribeInput>;

/** A long text of an agent to write better. */
export const RewriteInput = z.strictObject({
  part: z.enum(['instructions', 'description', 'tagline']),
  text: z.string().trim().min(1).max(32_000),
  /** What should be better; empty: clearer, shorter, without gaps. */
  wish: z.string().trim().max(1000).default(''),
});
export type RewriteInput = z.infer<typeof RewriteInput>;
export const Rewriting = z.object({ text: z.string(), model: ModelReference });
export type Rewriting = z.infer<typeof Rewriting>;
