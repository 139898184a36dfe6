import type { Eval, EvalCheck, EvalFile, EvalNeed } from '#server/contract/eval.ts';

export type CheckKind = EvalCheck['kind'];

/** A check while it is written: every kind's fields as text, so that changing the kind loses nothing. */
export type CheckValues = {
  kind: CheckKind;
  /** One a line. */
  texts: string;
  pattern: string;
  ignoreCase: boolean;
  schema: string;
  tool: string;
  arguments: string;
  value: string;
  tolerance: string;
  url: string;
  artifact: MadeKind;
  rubric: string;
  model: string;
};

export type EvalFormValues = {
  name: string;
  needs: EvalNeed[];
  /** What was said before the question. */
  earlier: { role: 'system' | 'user' | 'assistant'; content: string }[];
  input: string;
  variables: Record<string, string>;
  files: EvalFile[];
  expect: CheckValues[];
};

/** What a run can be asked to make. */
export const madeKinds = ['chart', 'image', 'file', 'transaction'] as const;
type MadeKind = (typeof madeKinds)[number];

export const checkKinds: CheckKind[] = [
  'contains',
  'excludes',
  'number',
  'matches',
  'json-schema',
  'calls',
  'avoids',
  'makes',
  'cites',
  'judge',
];

export const emptyCheck: CheckValues = {
  kind: 'contains',
  texts: '',
  pattern: '',
  ignoreCase: true,
  schema: '',
  tool: '',
  arguments: '',
  value: '',
  tolerance: '',
  url: '',
  artifact: 'chart',
  rubric: '',
  model: '',
};

export const emptyEval: EvalFormValues = {
  name: '',
  needs: [],
  earlier: [],
  input: '',
  variables: {},
  files: [],
  expect: [emptyCheck],
};

/** A stored eval as a form. Pure. */
export function toFormValues({ name, needs, input, messages = [], variables, files, expect }: Eval): EvalFormValues {
  return {
    name,
    needs,
    earlier: messages.slice(0, -1),
    input: input ?? messages.at(-1)?.content ?? '',
    variables,
    files,
    expect: expect.map(toCheckValues),
  };
}

function toCheckValues(check: EvalCheck): CheckValues {
  const base = { ...emptyCheck, kind: check.kind };
  switch (check.kind) {
    case 'contains':
    case 'excludes':
      return { ...base, texts: check.anyOf.join('\n') };
    case 'matches':
      return { ...base, pattern: check.pattern, ignoreCase: check.ignoreCase };
    case 'json-schema':
      return { ...base, schema: JSON.stringify(check.schema, null, 2) };
    case 'calls':
      return {
        ...base,
        tool: check.tool,
        arguments: Object.keys(check.arguments).length === 0 ? '' : JSON.stringify(check.arguments, null, 2),
      };
    case 'avoids':
      return { ...base, tool: check.tool };
    case 'number':
      return { ...base, value: String(check.value), tolerance: check.tolerance === 0 ? '' : String(check.tolerance) };
    case 'cites':
      return { ...base, url: check.url ?? '' };
    case 'makes':
      return { ...base, artifact: check.artifact };
    case 'judge':
      return { ...base, rubric: check.rubric, model: check.model ?? '' };
  }
}

/** What the contract checks; what cannot be read stays the text that it is, and is refused there. Pure. */
export function toEvalInput({ earlier, input, expect, variables, name, ...rest }: EvalFormValues) {
  const asked =
    earlier.length === 0 ? { input } : { messages: [...earlier, { role: 'user' as const, content: input }] };
  const given = Object.entries(variables).filter(([, value]) => value !== '');
  return {
    ...rest,
    name: name.trim() === '' ? toName(input) : name,
    ...asked,
    variables: Object.fromEntries(given),
    expect: expect.map(toCheckInput),
  };
}

export const toName = (question: string) => question.replaceAll(/\s+/g, ' ').trim().slice(0, 80);

function toCheckInput(values: CheckValues) {
  const { kind, pattern, ignoreCase, tool, artifact, rubric } = values;
  const optional = (name: string, text: string, value: unknown = text.trim()) =>
    text.trim() === '' ? {} : { [name]: value };
  switch (kind) {
    case 'contains':
    case 'excludes':
      return {
        kind,
        anyOf: values.texts
          .split('\n')
          .map((text) => text.trim())
          .filter(Boolean),
      };
    case 'matches':
      return { kind, pattern, ignoreCase };
    case 'json-schema':
      return { kind, schema: readJson(values.schema) };
    case 'calls':
      return { kind, tool, ...optional('arguments', values.arguments, readJson(values.arguments)) };
    case 'avoids':
      return { kind, tool };
    case 'number':
      return {
        kind,
        value: readNumber(values.value),
        ...optional('tolerance', values.tolerance, readNumber(values.tolerance)),
      };
    case 'cites':
      return { kind, ...optional('url', values.url) };
    case 'makes':
      return { kind, artifact };
    case 'judge':
      return { kind, rubric, ...optional('model', values.model) };
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const readNumber = (text: string): number | string => (/^\s*[-+]?[\d.]+\s*$/.test(text) ? Number(text) : text);
