import type { FieldPath, UseFormReturn } from 'react-hook-form';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { DraftProblem } from './draft-problems.ts';

/** The element that holds a section of the builder. */
export function toSectionId(section: string): string {
  return `section-${section}`;
}

/** Brings a section of the builder into view and puts the focus there. */
export function jumpToSection(id: string): void {
  const section = document.getElementById(id);
  section?.scrollIntoView({ block: 'start' });
  section?.focus({ preventScroll: true });
}

/** Brings a problem's field, or the one that holds its place, into view and puts the focus there; else its section. */
export function jumpToField(
  form: UseFormReturn<AgentDefinition>,
  problem: Pick<DraftProblem, 'path' | 'section'>,
): void {
  const section = document.getElementById(toSectionId(problem.section));
  const steps = problem.path.split('.');
  for (let length = steps.length; length > 1; length -= 1) {
    const name = steps.slice(0, length).join('.');
    const named = section?.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`);
    if (named) return named.focus();
  }
  jumpToSection(toSectionId(problem.section));
  form.setFocus(problem.path as FieldPath<AgentDefinition>);
}
