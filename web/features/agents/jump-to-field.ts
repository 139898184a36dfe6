import type { FieldPath, UseFormReturn } from 'react-hook-form';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { DraftProblem } from './draft-problems.ts';

/** The element that holds a section of the builder. */
export function toSectionId(section: string): string {
  return `section-${section}`;
}

/** Brings a problem's field into view and puts the focus there; its section, where the field has none of its own. */
export function jumpToField(
  form: UseFormReturn<AgentDefinition>,
  problem: Pick<DraftProblem, 'path' | 'section'>,
): void {
  const section = document.getElementById(toSectionId(problem.section));
  const named = section?.querySelector<HTMLElement>(`[name="${CSS.escape(problem.path)}"]`);
  if (named) {
    named.focus();
    return;
  }
  section?.scrollIntoView({ block: 'start' });
  section?.focus({ preventScroll: true });
  form.setFocus(problem.path as FieldPath<AgentDefinition>);
}
