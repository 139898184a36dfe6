import type { Components } from './sample-of-schema.ts';

type Schema = Components[string];

/** Some schemas hold themselves. */
const deepest = 12;

/**
 * A body in which every member that a schema names holds a wrong value; of alternatives one is taken, and what tells them
 * apart is kept, so that what lies inside is reached.
 */
export function wrongOf(
  schema: Schema,
  { components, wrong, option }: { components: Components; wrong: unknown; option: number },
  depth = 0,
): unknown {
  const { $ref: reference, anyOf, oneOf, properties, items, const: only } = schema;
  const within = { components, wrong, option };
  if (depth > deepest) return wrong;
  if (reference !== undefined) {
    return wrongOf(components[reference.replace('#/components/schemas/', '')] ?? {}, within, depth + 1);
  }
  if (only !== undefined) return only;
  const options = (anyOf ?? oneOf ?? []).filter(({ type }) => type !== 'null');
  const chosen = options[option % options.length];
  if (chosen !== undefined) return wrongOf(chosen, within, depth + 1);
  if (items !== undefined) return [wrongOf(items, within, depth + 1)];
  if (properties === undefined) return wrong;
  return Object.fromEntries(
    Object.entries(properties).map(([name, member]) => [name, wrongOf(member, within, depth + 1)]),
  );
}
