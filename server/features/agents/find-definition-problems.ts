import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { ProblemIssue } from '#server/contract/problem.ts';
import { findSchemaFaults } from '#server/find-schema-faults.ts';
import { isReservedHandle } from './suggest-handle.ts';

/** Texts that Postgres cannot keep: the null character, and half of a surrogate pair. */
export function findUnstorableText(value: unknown, path = ''): ProblemIssue[] {
  if (typeof value === 'string') {
    const fits = !/[\0\p{Surrogate}]/u.test(value);
    return fits ? [] : [{ path, message: 'The text has a null character or half of a character pair.' }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [...findUnstorableText(key, `${at} (name)`), ...findUnstorableText(member, at)];
  });
}

/** What is wrong with a draft that the schema alone cannot tell; a draft with such problems is not stored. */
export function findDraftProblems(definition: AgentDefinition): ProblemIssue[] {
  const issues = findUnstorableText(definition);
  if (isReservedHandle(definition.identity.handle)) {
    issues.push({ path: 'identity.handle', message: 'This handle is kept for the hub itself.' });
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
export function listPublishProblems(definition: AgentDefinition, missingTools: ReadonlySet<string>): ProblemIssue[] {
  const issues = findDraftProblems(definition);
  findRepeated(definition.tools.map((tool) => tool.id)).forEach(({ index, name }) =>
    issues.push({ path: `tools.${index}.id`, message: `The tool "${name}" is listed twice.` }),
  );
  definition.tools.forEach((tool, index) => {
    if (tool.use === 'hand-over' && !tool.id.startsWith('agent/')) {
      issues.push({ path: `tools.${index}.use`, message: 'Only an agent can take a conversation over.' });
    }
    if (missingTools.has(tool.id)) {
      issues.push({ path: `tools.${index}.id`, message: `This hub has no tool "${tool.id}".` });
    }
  });
  findRepeated(definition.variables.map((variable) => variable.name)).forEach(({ index, name }) =>
    issues.push({ path: `variables.${index}.name`, message: `There are two variables "${name}".` }),
  );
  definition.variables.forEach((variable, index) => {
    if (variable.type === 'choice' && variable.options.length === 0) {
      issues.push({ path: `variables.${index}.options`, message: 'A choice needs at least one option.' });
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
