import type { jsonSchemaValidator, JsonSchemaType } from '@modelcontextprotocol/client';

const patterns = new Set(['pattern', 'patternProperties']);
// Below these, names are a person's own and no keywords.
const namesOnly = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);
const asTheyAre = new Set(['const', 'enum', 'default', 'examples', 'required']);

function withoutPatterns(schema: unknown, areNames = false): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withoutPatterns(item));
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, member]: [string, unknown]) => {
      if (!areNames && patterns.has(name)) return [];
      return [
        [name, asTheyAre.has(name) && !areNames ? member : withoutPatterns(member, !areNames && namesOnly.has(name))],
      ];
    }),
  );
}

/**
 * Checks the output of tools with an interpreter: a stranger's schema never becomes code.
 *
 * Its regular expressions are left out, because one that backtracks without end would hold the whole hub.
 */
export async function createSchemaValidator(): Promise<jsonSchemaValidator> {
  const { CfWorkerJsonSchemaValidator } = await import('@modelcontextprotocol/client/validators/cf-worker');
  const interpreter = new CfWorkerJsonSchemaValidator();
  return { getValidator: (schema) => interpreter.getValidator(withoutPatterns(schema) as JsonSchemaType) };
}
