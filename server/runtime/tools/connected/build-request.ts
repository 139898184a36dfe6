import type { JsonObject } from '#server/contract/json.ts';
import type { OpenApiOperation, OpenApiParameter } from '#server/contract/openapi-operation.ts';
import type { LendFile } from '#server/runtime/tools/tool.ts';
import { buildBody } from './build-body.ts';
import { buildUrl, toContent, valueOf } from './build-url.ts';
import { inputProblem } from './input-problem.ts';
import type { ServiceRequest } from './service-request.ts';
import { writeInHeader, writePairs } from './write-value.ts';

const accept = 'application/json, application/problem+json, text/*;q=0.9, */*;q=0.5';
const sendable = /^[\t\x20-\x7e]*$/;

/**
 * The HTTP request of one call, as OpenAPI 3.1.1 writes parameters and bodies. Pure but for a form's random boundary.
 *
 * @param call.input - fits the operation's `inputSchema`
 * @throws {HubError} `validation_failed`, when a value cannot be sent where it belongs
 */
export async function buildRequest(call: {
  operation: OpenApiOperation;
  serverUrl: string;
  input: JsonObject;
  lendFile: LendFile | undefined;
}): Promise<ServiceRequest> {
  const { operation, serverUrl, input, lendFile } = call;
  const written = await buildBody(operation.body, input, lendFile);
  const cookies = writeCookies(operation.parameters, input);
  return {
    method: operation.method,
    url: buildUrl(operation, serverUrl, input),
    headers: {
      accept,
      ...(written === null ? {} : { 'content-type': written.contentType }),
      ...Object.fromEntries(writeHeaders(operation.parameters, input)),
      ...(cookies === '' ? {} : { cookie: cookies }),
    },
    body: written?.body ?? null,
  };
}

function writeHeaders(parameters: OpenApiParameter[], input: JsonObject): [string, string][] {
  return parameters.flatMap((parameter): [string, string][] => {
    const value = parameter.in === 'header' ? valueOf(input, parameter.property) : undefined;
    if (value === undefined) return [];
    const text =
      parameter.content === undefined ? writeInHeader(value, parameter.explode) : toContent(value, parameter.content);
    if (!sendable.test(text))
      throw inputProblem(parameter.property, {
        en: 'A header may hold only printable ASCII characters, and no line breaks.',
        zh: '请求头只能包含可打印的 ASCII 字符，不能换行。',
      });
    return [[parameter.name.toLowerCase(), text]];
  });
}

function writeCookies(parameters: OpenApiParameter[], input: JsonObject): string {
  return parameters
    .flatMap((parameter) => {
      const value = parameter.in === 'cookie' ? valueOf(input, parameter.property) : undefined;
      if (value === undefined) return [];
      const written = parameter.content === undefined ? value : toContent(value, parameter.content);
      return writePairs(written, parameter);
    })
    .join('; ');
}
