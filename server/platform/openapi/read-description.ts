import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { OpenApiDescription, OpenApiOperation } from '#server/contract/openapi-operation.ts';
import { OpenApiMethod } from '#server/contract/openapi-operation.ts';
import { HubError } from '#server/hub-error.ts';
import { DescriptionProblem } from './description-problem.ts';
import {
  BrokenReference,
  type DocumentSet,
  openDocuments,
  type Place,
  placeOf,
  type SourceText,
} from './document-set.ts';
import { entriesOf, isNode, memberOf, textOf } from './json-node.ts';
import { toPlainDescription, toPlainLine } from './plain-description.ts';
import { type OperationSource, readOperation } from './read-operation.ts';

import { readSecuritySchemes } from './read-security.ts';
import { readServers, toServerUrl } from './read-servers.ts';
import { createToolNames } from './tool-name.ts';

/** What was read, or the addresses of documents that have to be there first. */
export type DescriptionOutcome = { description: OpenApiDescription } | { missing: string[] };

const mostOperations = 2_000;
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Reads an OpenAPI 3.0 or 3.1 description; the first source is the description itself.
 *
 * @throws {HubError} `validation_failed`, when it is none
 */
export function readDescription(sources: SourceText[]): DescriptionOutcome {
  const documents = openDocuments(sources);
  const { root } = documents;
  checkVersion(root.value);
  const securitySchemes = readSecuritySchemes(documents, root);
  const found = findOperations(documents, root);
  if (found.length > mostOperations) {
    throw invalid('paths', {
      en: `It has ${found.length} operations; at most ${mostOperations} can be imported at once. Cut it into parts.`,
      zh: `它有 ${found.length} 个操作；一次最多导入 ${mostOperations} 个。请拆分后导入。`,
    });
  }
  const nameOperation = createToolNames();
  const operations: OpenApiOperation[] = [];
  const skipped: OpenApiDescription['skipped'] = [];
  for (const { method, template, path, operation } of found) {
    const outcome = tryOperation(documents, { method, template, path, operation, securitySchemes, nameOperation });
    if ('words' in outcome) {
      const words = { en: toPlainLine(outcome.words.en, 500), zh: toPlainLine(outcome.words.zh, 500) };
      skipped.push({ operation: toPlainLine(`${method} ${template}`, 300), reason: words.en, words });
    } else operations.push(outcome);
  }
  if (documents.missing.size > 0) return { missing: [...documents.missing] };
  const info = memberOf(root.value, 'info');
  return {
    description: {
      title: toPlainLine(textOf(info, 'title') ?? '', 200) || 'API',
      version: toPlainLine(textOf(info, 'version') ?? '', 100),
      description: toPlainDescription(textOf(info, 'description') ?? textOf(info, 'summary') ?? '', 4_000),
      servers: readDescriptionServers(root),
      securitySchemes,
      operations,
      skipped,
    },
  };
}

function checkVersion(root: unknown): void {
  if (!isNode(root)) {
    throw invalid('', {
      en: 'This is not an OpenAPI description: it is no object.',
      zh: '这不是 OpenAPI 接口描述：它不是对象。',
    });
  }
  const swagger = memberOf(root, 'swagger');
  if (swagger !== undefined) {
    throw invalid('swagger', {
      en:
        'This is Swagger (OpenAPI) 2.0; the hub reads 3.0 and 3.1. Convert it first, for example with ' +
        '"npx swagger2openapi --outfile openapi.yaml swagger.json", or with "Convert to OpenAPI 3" on editor.swagger.io.',
      zh:
        '这是 Swagger（OpenAPI）2.0；中枢读取 3.0 和 3.1。请先转换，例如使用' +
        '“npx swagger2openapi --outfile openapi.yaml swagger.json”，或 editor.swagger.io 上的“Convert to OpenAPI 3”。',
    });
  }
  const given = memberOf(root, 'openapi');
  const version = typeof given === 'string' || typeof given === 'number' ? String(given).slice(0, 40) : '';
  if (version === '') {
    throw invalid('openapi', {
      en: 'This is not an OpenAPI description: it has no member "openapi".',
      zh: '这不是 OpenAPI 接口描述：没有“openapi”字段。',
    });
  }
  if (!/^3\.[01](?:\.|$)/.test(version)) {
    throw invalid('openapi', {
      en: `This is OpenAPI ${version}; the hub reads 3.0 and 3.1.`,
      zh: `这是 OpenAPI ${version}；中枢读取 3.0 和 3.1。`,
    });
  }
}

type Found = Omit<OperationSource, 'method' | 'securitySchemes' | 'nameOperation'> & { method: string };

function findOperations(documents: DocumentSet, root: Place): Found[] {
  return entriesOf(root.value, 'paths').flatMap(([template, value]): Found[] => {
    if (template.startsWith('x-')) return [];
    const listed: Place = { value, home: root.home };
    try {
      const path = documents.resolve(listed);
      return methods
        .filter((method) => isNode(memberOf(path.value, method)))
        .map((method) => ({ method: method.toUpperCase(), template, path, operation: placeOf(path, method) }));
    } catch (error) {
      if (!(error instanceof BrokenReference)) throw error;
      return [{ method: '', template, path: listed, operation: listed }];
    }
  });
}

/** The operation, or why it cannot be called. */
function tryOperation(
  documents: DocumentSet,
  { method, ...source }: Omit<OperationSource, 'method'> & { method: string },
): OpenApiOperation | { words: LocalizedText } {
  try {
    documents.resolve(source.path);
    const known = OpenApiMethod.safeParse(method);
    if (!known.success) return { words: { en: `The hub does not call ${method}.`, zh: `中枢不调用 ${method}。` } };
    return readOperation(documents, { ...source, method: known.data });
  } catch (error) {
    if (error instanceof DescriptionProblem) return { words: error.words };
    throw error;
  }
}

/** Without any, the API is where its description is (OpenAPI 3.1.1, "OpenAPI Object"). */
function readDescriptionServers({ value, home }: Place): string[] {
  const isListed = memberOf(value, 'servers') !== undefined;
  const servers = readServers(value, home.url);
  const beside = isListed ? null : toServerUrl('/', home.url);
  return beside === null ? servers : [beside];
}

function invalid(path: string, message: LocalizedText): HubError {
  return new HubError('validation_failed', message, { errors: [{ path, message }] });
}
