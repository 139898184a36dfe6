import type { OpenApiMethod, OpenApiOperation, OpenApiSecurityScheme } from '#server/contract/openapi-operation.ts';
import type { DocumentSet, Place } from './document-set.ts';
import { SchemaTooBig } from './flatten-schema.ts';
import { buildInputSchema } from './input-schema.ts';
import { flagOf, listOf, textOf } from './json-node.ts';
import { toPlainDescription, toPlainLine } from './plain-description.ts';
import { createPropertyNames } from './property-names.ts';
import { readBody } from './read-body.ts';
import { OperationProblem, readParameters } from './read-parameters.ts';
import { readOperationSecurity } from './read-operation-security.ts';
import { readServers } from './read-servers.ts';

const safeMethods: OpenApiMethod[] = ['GET', 'HEAD', 'OPTIONS'];
const mostTags = 10;

/** Where an operation is, and what it shares with others. */
export type OperationSource = {
  method: OpenApiMethod;
  template: string;
  /** The path item. */
  path: Place;
  operation: Place;
  securitySchemes: OpenApiSecurityScheme[];
  nameOperation: (operation: { operationId: string | undefined; method: string; path: string }) => string;
};

/**
 * Reads one operation.
 *
 * @throws {OperationProblem | BrokenReference} when it cannot be called
 */
export function readOperation(documents: DocumentSet, source: OperationSource): OpenApiOperation {
  const { method, template, path, operation } = source;
  if (!template.startsWith('/')) {
    throw new OperationProblem({ en: 'Its path does not begin with "/".', zh: '它的路径没有以“/”开头。' });
  }
  const nameProperty = createPropertyNames();
  const parameters = readParameters(documents, { ...source, nameProperty });
  const isBodiless = method === 'GET' || method === 'HEAD';
  const body = isBodiless ? null : within(() => readBody(documents, operation, nameProperty));
  const parts = [...parameters.map(({ part }) => part), ...(body?.parts ?? [])];
  const inputSchema = within(() => buildInputSchema(documents, parts));
  const [server = null] = [operation, path].flatMap(({ value, home }) => readServers(value, home.url));
  const operationId = textOf(operation.value, 'operationId');
  return {
    name: source.nameOperation({ operationId, method, path: template }),
    ...describe(operation.value, `${method} ${template}`),
    method,
    path: template,
    tags: listOf(operation.value, 'tags')
      .filter((tag) => typeof tag === 'string')
      .slice(0, mostTags)
      .map((tag) => toPlainLine(tag, 100)),
    effect: safeMethods.includes(method) ? 'read' : 'write',
    inputSchema,
    parameters: parameters.map(({ wire }) => wire),
    body: body?.body ?? null,
    server,
    security: readOperationSecurity(operation.value, source.securitySchemes),
  };
}

function within<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SchemaTooBig)) throw error;
    throw new OperationProblem({
      en: 'Its input is too big: not even its outline fits into 16 kB.',
      zh: '它的输入过大：即使只取概要也超过 16 kB。',
    });
  }
}

function describe(value: unknown, fallback: string): Pick<OpenApiOperation, 'title' | 'description' | 'deprecated'> {
  const summary = toPlainLine(textOf(value, 'summary') ?? '', 200);
  const deprecated = flagOf(value, 'deprecated') === true;
  const text = textOf(value, 'description') ?? '';
  const description = toPlainDescription(text.trim() === '' ? summary : text, deprecated ? 980 : 1_000);
  return {
    title: summary || toPlainLine(textOf(value, 'operationId') ?? '', 200) || toPlainLine(fallback, 200),
    description: deprecated ? `Deprecated. ${description}`.trim() : description,
    deprecated,
  };
}
