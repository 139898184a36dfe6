/** The part of JSON Schema that request bodies of the hub use. */
type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  format?: string;
  pattern?: string;
  minLength?: number;
  minItems?: number;
  minimum?: number;
};

export type Components = Record<string, Schema>;

function sampleText({ format, minLength = 0 }: Schema): string {
  if (format === 'email') return 'sample@example.org';
  if (format === 'date-time') return '2030-01-01T00:00:00.000Z';
  if (format === 'uri') return 'https://example.org/';
  return 'sample'.padEnd(minLength, 'x');
}

/** The smallest value that a schema takes, with its required members only; a pattern needs a value of the test's own. */
export function sampleOf(schema: Schema, components: Components): unknown {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/components/schemas/', '');
    const component = components[name];
    if (component === undefined) throw new Error(`${schema.$ref} is not in the document`);
    return sampleOf(component, components);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [option] = schema.anyOf ?? schema.oneOf ?? [];
  if (option !== undefined) return sampleOf(option, components);
  switch (schema.type ?? 'object') {
    case 'string':
      return sampleText(schema);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, components));
    default: {
      const members = (schema.required ?? []).map((name) => [
        name,
        sampleOf(schema.properties?.[name] ?? {}, components),
      ]);
      return Object.fromEntries(members) as unknown;
    }
  }
}
