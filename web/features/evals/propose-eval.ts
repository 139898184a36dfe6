import type { AttachedFile } from '#server/contract/conversation.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { type CheckValues, emptyCheck, type EvalFormValues, toName } from './eval-form-values.ts';

/** A question with its answer, as it was tried. */
export type Exchange = {
  /** In order; the last one is the question. */
  messages: { role: 'user' | 'assistant'; content: string }[];
  files: AttachedFile[];
  variables: Record<string, string>;
  view: RunView;
};

const longestProposal = 80;

/** A test that the answer would pass, as a beginning: the tools it called, what it made, else how it began. Pure. */
export function proposeEval({ messages, files, variables, view }: Exchange): EvalFormValues {
  const input = messages.at(-1)?.content ?? '';
  return {
    name: toName(input),
    needs: view.model === 'offline/planner' ? [] : ['model'],
    earlier: messages.slice(0, -1),
    input,
    variables,
    files: files.map(({ id, name }) => ({ file: id, name })),
    expect: proposeChecks(view),
  };
}

function proposeChecks({ steps, artifacts, text }: RunView): CheckValues[] {
  const tools = [
    ...new Set(steps.filter(({ isError, parent }) => !isError && parent === null).map(({ tool }) => tool)),
  ];
  const kinds = [...new Set(artifacts.flatMap(({ kind }) => (kind === 'proposal' ? [] : [kind])))];
  const checks: CheckValues[] = [
    ...tools.slice(0, 3).map((tool) => ({ ...emptyCheck, kind: 'calls' as const, tool })),
    ...kinds.map((artifact) => ({ ...emptyCheck, kind: 'makes' as const, artifact })),
  ];
  if (checks.length > 0) return checks;
  const beginning =
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.replaceAll(/[*_#`>]/g, '') ?? '';
  return [{ ...emptyCheck, texts: beginning.trim().slice(0, longestProposal) }];
}
