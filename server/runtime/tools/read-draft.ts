import { z } from 'zod';
import { JsonObject } from '#server/contract/json.ts';
import type { DraftDesk } from '#server/runtime/drafts/draft-desk.ts';
import { defineTool } from './tool.ts';

const Output = z.object({ draft: JsonObject, tests: z.array(z.string()) });

/** Reads the draft on the desk as it is now. Given to a run by its talk, not by a creator. */
export function createReadDraftTool(desk: DraftDesk) {
  return defineTool({
    id: 'read-draft',
    title: { en: 'Read the draft', zh: '读取草稿' },
    description: {
      en: 'Reads the draft of the agent that you help to build, as it is now, with the names of its tests. Read it before you propose changes to something that is there.',
      zh: '读取正在构建的智能体草稿的当前内容，以及其测试的名称。',
    },
    category: 'agents',
    effect: 'read',
    // It may come from a package of somebody else.
    untrusted: true,
    input: z.strictObject({}),
    output: Output,
    timeoutMs: 10_000,
    maximumResultBytes: 120_000,
    intent: (_, language) => (language === 'zh' ? '读取草稿' : 'Reading the draft'),
    run: async () => {
      const { definition, tests } = await desk.readDraft();
      const { identity, instructions, variables, model, opening, tools } = definition;
      const draft = {
        name: identity.name,
        tagline: identity.tagline,
        description: identity.description,
        category: identity.category,
        tags: identity.tags,
        instructions,
        variables,
        models: model.wishes,
        greeting: opening.message,
        starters: opening.starters,
        tools: tools.map(({ id }) => id),
      };
      return { output: { draft: JsonObject.parse(draft), tests: tests.map(({ name }) => name) } };
    },
  });
}
