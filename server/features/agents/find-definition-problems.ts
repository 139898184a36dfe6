import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { PublishProblem } from '#server/contract/agent.ts';
import { findSchemaFaults } from '#server/find-schema-faults.ts';
import { isReservedHandle } from './suggest-handle.ts';

/** Texts that Postgres cannot keep: the null character, and half of a surrogate pair. */
export function findUnstorableText(value: unknown, path = ''): PublishProblem[] {
  if (typeof value === 'string') {
    const fits = !/[\0\p{Surrogate}]/u.test(value);
    return fits
      ? []
      : [
          {
            path,
            message: {
              en: 'The text has a null character or half of a character pair.',
              zh: '文字中有空字符或半个字符对。',
            },
          },
        ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [...findUnstorableText(key, `${at} (name)`), ...findUnstorableText(member, at)];
  });
}

/** What is wrong with a draft that the schema alone cannot tell; a draft with such problems is not stored. */
export function findDraftProblems(definition: AgentDefinition): PublishProblem[] {
  const issues = findUnstorableText(definition);
  if (isReservedHandle(definition.identity.handle)) {
    issues.push({
      path: 'identity.handle',
      message: { en: 'This handle is kept for the hub itself.', zh: '此标识为中枢自身保留。' },
    });
  }
  return issues;
}

/** The tools of a definition that neither the hub nor a toolset of the agent's owner has. */
export type FindMissingTools = (ownerId: string, definition: AgentDefinition) => Promise<string[]>;

export function createPublishProblemFinder(findMissingTools: FindMissingTools) {
  /** What must be mended before a draft of somebody's can be published. */
  return async function findPublishProblems(ownerId: string, definition: AgentDefinition) {
    return listPublishProblems(definition, new Set(await findMissingTools(ownerId, definition)));
  };
}
export type FindPublishProblems = ReturnType<typeof createPublishProblemFinder>;

/** The same, where it is known which of its tools are missing. */
export function listPublishProblems(definition: AgentDefinition, missingTools: ReadonlySet<string>): PublishProblem[] {
  const issues = findDraftProblems(definition);
  findRepeated(definition.tools.map((tool) => tool.id)).forEach(({ index, name }) =>
    issues.push({
      path: `tools.${index}.id`,
      message: { en: `The tool "${name}" is listed twice.`, zh: `工具“${name}”列了两次。` },
    }),
  );
  definition.tools.forEach((tool, index) => {
    if (tool.use === 'hand-over' && !tool.id.startsWith('agent/')) {
      issues.push({
        path: `tools.${index}.use`,
        message: { en: 'Only an agent can take a conversation over.', zh: '只有智能体才能接手对话。' },
      });
    }
    if (missingTools.has(tool.id)) {
      issues.push({
        path: `tools.${index}.id`,
        message: { en: `This hub has no tool "${tool.id}".`, zh: `此中枢没有工具“${tool.id}”。` },
      });
    }
  });
  findRepeated(definition.variables.map((variable) => variable.name)).forEach(({ index, name }) =>
    issues.push({
      path: `variables.${index}.name`,
      message: { en: `There are two variables "${name}".`, zh: `有两个名为“${name}”的变量。` },
    }),
  );
  definition.variables.forEach((variable, index) => {
    if (variable.type === 'choice' && variable.options.length === 0) {
      issues.push({
        path: `variables.${index}.options`,
        message: { en: 'A choice needs at least one option.', zh: '选择题至少需要一个选项。' },
      });
    }
  });
  if (definition.output.kind === 'json') issues.push(...findSchemaFaults(definition.output.schema, 'output.schema'));
  definition.guards.forEach((guard, index) => {
    if (guard.kind === 'json-schema') issues.push(...findSchemaFaults(guard.schema, `guards.${index}.schema`));
  });
  return issues;
}

function findRepeated(names: string[]) {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [{ index, name }] : []));
}
