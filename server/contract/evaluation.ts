import { z } from 'zod';
import { JsonValue } from './json.ts';
import { InputMessage } from './run.ts';

function isPattern(source: string) {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** One thing that must hold of a finished run. */
export const EvaluationCheck = z.discriminatedUnion('kind', [
  /** The answer has one of these texts; case does not matter. */
  z.strictObject({ kind: z.literal('contains'), anyOf: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('excludes'), anyOf: z.array(z.string().min(1)).min(1) }),
  z.strictObject({
    kind: z.literal('matches'),
    pattern: z.string().min(1).max(500).refine(isPattern, 'This is not a regular expression.'),
    ignoreCase: z.boolean().default(true),
  }),
  /** The tool was called; the given arguments, if any, were among those of one call. */
  z.strictObject({
    kind: z.literal('calls'),
    tool: z.string(),
    arguments: z.record(z.string(), JsonValue).default({}),
  }),
  z.strictObject({ kind: z.literal('avoids'), tool: z.string() }),
  /** The answer has a number this close to the value; thousands separators do not matter. */
  z.strictObject({ kind: z.literal('number'), value: z.number(), tolerance: z.number().min(0).default(0) }),
  z.strictObject({ kind: z.literal('cites'), url: z.url().optional() }),
  z.strictObject({ kind: z.literal('makes'), artifact: z.enum(['image', 'chart', 'file']) }),
]);
export type EvaluationCheck = z.infer<typeof EvaluationCheck>;

/** What a run needs from outside; an evaluation whose needs are not met is skipped, never passed. */
export const EvaluationNeed = z.enum(['model', 'web', 'chain', 'images']);

/** One file in the `evals/` folder of an agent package: what is sent, and what must hold of the answer. */
export const Evaluation = z
  .strictObject({
    name: z.string().min(1).max(120),
    needs: z.array(EvaluationNeed).default(['model']),
    input: z.string().min(1).max(20_000).optional(),
    messages: z.array(InputMessage).min(1).max(40).optional(),
    variables: z.record(z.string().max(40), z.string().max(2000)).default({}),
    expect: z.array(EvaluationCheck).min(1).max(40),
  })
  .refine((value) => (value.input === undefined) !== (value.messages === undefined), {
    message: 'Give either "input" or "messages".',
    path: ['input'],
  });
export type Evaluation = z.infer<typeof Evaluation>;
