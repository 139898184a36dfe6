import { STATUS_CODES } from 'node:http';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const methods = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head'] as const;

function collectReferences(value: unknown, found: Set<string>) {
  if (Array.isArray(value)) {
    for (const entry of value) collectReferences(entry, found);
  } else if (isObject(value)) {
    const reference = value['$ref'];
    if (typeof reference === 'string') found.add(reference.replace('#/components/schemas/', ''));
    for (const entry of Object.values(value)) collectReferences(entry, found);
  }
}

function keepUsed(schemas: Json, paths: unknown, always: string[]): Json {
  const wanted = new Set<string>(always);
  collectReferences(paths, wanted);
  for (const name of wanted) collectReferences(schemas[name], wanted);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => wanted.has(name)));
}

function completeResponses(responses: Json) {
  for (const [status, response] of Object.entries(responses)) {
    if (!isObject(response)) continue;
    if (response['description'] === 'Default Response') response['description'] = STATUS_CODES[status] ?? status;
    if (Number(status) < 400 || !isObject(response['content'])) continue;
    const { 'application/json': media, ...others } = response['content'];
    if (media !== undefined) response['content'] = { ...others, 'application/problem+json': media };
  }
}

/**
 * Completes the generated document: statuses get their names and problems their media type; unused components go.
 *
 * `RunEvent` stays in any case: clients parse streams with it.
 */
export function finishDocument(document: Json): Json {
  const paths = isObject(document['paths']) ? document['paths'] : {};
  for (const item of Object.values(paths)) {
    for (const method of methods) {
      const operation = isObject(item) ? item[method] : undefined;
      if (isObject(operation) && isObject(operation['responses'])) completeResponses(operation['responses']);
    }
  }
  const components = isObject(document['components']) ? document['components'] : {};
  const schemas = isObject(components['schemas']) ? components['schemas'] : {};
  return { ...document, components: { ...components, schemas: keepUsed(schemas, paths, ['Problem', 'RunEvent']) } };
}
