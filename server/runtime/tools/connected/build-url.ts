import type { JsonObject, JsonValue } from '#server/contract/json.ts';
import type { OpenApiOperation, OpenApiParameter } from '#server/contract/openapi-operation.ts';
import { HubError } from '#server/hub-error.ts';
import { inputProblem } from './input-problem.ts';
import { encodeStrictly, toText, writeInPath, writePairs } from './write-value.ts';

/** The value of a parameter, or undefined when the input has none. */
export function valueOf(input: JsonObject, property: string): JsonValue | undefined {
  const value = Object.hasOwn(input, property) ? input[property] : undefined;
  return value === null ? undefined : value;
}

/** The text of a parameter that travels as a document of its own: `content` instead of a style. */
export function toContent(value: JsonValue, mediaType: string): string {
  return /[/+]json\b/.test(mediaType) ? JSON.stringify(value) : toText(value);
}

/**
 * The address of a call. Whatever the input holds, it stays on the server and within its operation's path.
 *
 * @throws {HubError} `validation_failed`
 */
export function buildUrl(operation: OpenApiOperation, serverUrl: string, input: JsonObject): string {
  const server = parseServer(serverUrl);
  const [template = '', ...queries] = operation.path.split('?');
  const path = template.split('/').map((segment) => fillSegment(segment, operation, input));
  const query = [
    server.search.slice(1),
    encodeLiteral(queries.join('?')),
    ...operation.parameters.filter((parameter) => parameter.in === 'query').flatMap((one) => writeQuery(one, input)),
  ].filter((part) => part !== '');
  const base = `${server.origin}${server.pathname.replace(/\/+$/, '')}`;
  return `${base}${path.join('/')}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function parseServer(serverUrl: string): URL {
  const url = URL.canParse(serverUrl) ? new URL(serverUrl) : null;
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new HubError('validation_failed', {
    en: 'The address of the service is no http or https URL.',
    zh: '服务地址不是 http 或 https 网址。',
  });
}

function fillSegment(segment: string, operation: OpenApiOperation, input: JsonObject): string {
  const names: string[] = [];
  const filled = segment
    .split(/(\{[^{}]+\})/)
    .map((piece) => {
      const name = /^\{([^{}]+)\}$/.exec(piece)?.[1];
      const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name);
      if (parameter === undefined) return encodeLiteral(piece);
      names.push(parameter.property);
      return writePath(parameter, input);
    })
    .join('');
  // Encoding does not help: URL parsers take %2e for a dot, and climb.
  if (/^(?:\.|%2e){1,2}$/i.test(filled))
    throw inputProblem(names[0] ?? 'path', {
      en: 'It may not make a step of the path "." or "..".',
      zh: '它不能使路径的某一段成为“.”或“..”。',
    });
  return filled;
}

function writePath(parameter: OpenApiParameter, input: JsonObject): string {
  const value = valueOf(input, parameter.property);
  if (value === undefined) throw inputProblem(parameter.property, { en: 'It is needed.', zh: '必须填写。' });
  const written =
    parameter.content === undefined
      ? writeInPath(value, parameter)
      : encodeStrictly(toContent(value, parameter.content));
  // Without it the call would be one of another operation.
  if (written === '' || (parameter.style === 'label' && written === '.'))
    throw inputProblem(parameter.property, { en: 'It may not be empty.', zh: '不能为空。' });
  return written;
}

function writeQuery(parameter: OpenApiParameter, input: JsonObject): string[] {
  const value = valueOf(input, parameter.property);
  if (value === undefined) return [];
  if (parameter.content === undefined) return writePairs(value, parameter);
  return [`${encodeStrictly(parameter.name)}=${encodeStrictly(toContent(value, parameter.content))}`];
}

/** What the description itself wrote into a path. */
const encodeLiteral = (text: string) =>
  text.toWellFormed().replace(/[^\w\-.~!$&'()*+,;=:@%/]/gu, (character) => encodeURIComponent(character));
