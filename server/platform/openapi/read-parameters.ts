import type { OpenApiParameter, OpenApiSecurityScheme } from '#server/contract/openapi-operation.ts';
import { OpenApiStyle } from '#server/contract/openapi-operation.ts';
import { DescriptionProblem } from './description-problem.ts';
import { type DocumentSet, type Place, placeOf } from './document-set.ts';
import type { InputPart } from './input-schema.ts';
import { entriesOf, flagOf, listOf, memberOf, textOf } from './json-node.ts';

/** An operation that cannot be called; the message says why. */
export class OperationProblem extends DescriptionProblem {}

export type ReadParameter = { wire: OpenApiParameter; part: InputPart };

type Name = (name: string, where: string) => string;
type Given = { name: string; where: OpenApiParameter['in']; place: Place };

const mostParameters = 500;
/** A part of a path of which the description says nothing. */
const undeclared = { schema: { type: 'string' } };
/** Set by the hub, by whoever signs in, or by the connection. */
const headersOfOthers = new Set([
  ...['accept', 'content-type', 'authorization', 'cookie', 'host', 'content-length', 'transfer-encoding', 'connection'],
  ...['accept-encoding', 'expect', 'te', 'trailer', 'upgrade', 'keep-alive', 'proxy-authorization', 'proxy-connection'],
]);
const token = /^[!#$%&'*+\-.^_`|~\da-z]+$/i;
const usualStyles = { path: 'simple', query: 'form', header: 'simple', cookie: 'form' } as const;
const fitStyles = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/**
 * Reads the parameters of an operation; its own win over those of its path. What signs in is not among them.
 *
 * @throws {OperationProblem} when one of them cannot be sent
 */
export function readParameters(
  documents: DocumentSet,
  {
    path,
    operation,
    template,
    securitySchemes,
    nameProperty,
  }: {
    path: Place;
    operation: Place;
    template: string;
    securitySchemes: OpenApiSecurityScheme[];
    nameProperty: Name;
  },
): ReadParameter[] {
  const given = new Map<string, Given>();
  const lists = [path, operation].flatMap(({ value, home }) =>
    listOf(value, 'parameters').map((parameter): Place => ({ value: parameter, home })),
  );
  if (lists.length > mostParameters) {
    throw new OperationProblem({
      en: `It has more than ${mostParameters} parameters.`,
      zh: `它的参数超过 ${mostParameters} 个。`,
    });
  }
  for (const listed of lists) {
    const place = documents.resolve(listed);
    const { name, where } = readPlace(place);
    given.set(`${where} ${name}`, { name, where, place });
  }
  for (const [, name = ''] of template.matchAll(/\{([^{}]+)\}/g)) {
    if (!given.has(`path ${name}`))
      given.set(`path ${name}`, { name, where: 'path', place: { value: undeclared, home: path.home } });
  }
  const order = ['path', 'query', 'header', 'cookie'];
  return [...given.values()]
    .filter(({ name, where }) => !isOfOthers(name, where, securitySchemes))
    .filter(({ name, where }) => where !== 'path' || template.includes(`{${name}}`))
    .sort((one, other) => order.indexOf(one.where) - order.indexOf(other.where))
    .map((parameter) => readParameter(parameter, nameProperty));
}

function readPlace({ value }: Place): Pick<Given, 'name' | 'where'> {
  const name = textOf(value, 'name') ?? '';
  const where = textOf(value, 'in') ?? '';
  if (name === '' || name.length > 500) {
    throw new OperationProblem({
      en: 'A parameter has no name, or a very long one.',
      zh: '有一个参数没有名称，或名称过长。',
    });
  }
  if (where !== 'path' && where !== 'query' && where !== 'header' && where !== 'cookie') {
    throw new OperationProblem({
      en: `The parameter "${name}" is in "${where.slice(0, 40)}", which is not known.`,
      zh: `参数“${name}”位于未知的“${where.slice(0, 40)}”中。`,
    });
  }
  if ((where === 'header' || where === 'cookie') && !token.test(name)) {
    throw new OperationProblem({
      en: `"${name}" is no name of a ${where}.`,
      zh: `“${name}”不能作为${where === 'header' ? '请求头' : ' Cookie '}的名称。`,
    });
  }
  return { name, where };
}

function isOfOthers(name: string, where: string, schemes: OpenApiSecurityScheme[]): boolean {
  if (where === 'header' && headersOfOthers.has(name.toLowerCase())) return true;
  return schemes.some(
    (scheme) =>
      scheme.kind === 'api-key' &&
      scheme.in === where &&
      (where === 'header' ? scheme.parameterName?.toLowerCase() === name.toLowerCase() : scheme.parameterName === name),
  );
}

function readParameter({ name, where, place }: Given, nameProperty: Name): ReadParameter {
  const { value, home } = place;
  const [content] = entriesOf(value, 'content');
  const schema = content === undefined ? placeOf(place, 'schema') : { value: memberOf(content[1], 'schema'), home };
  const style = readStyle(textOf(value, 'style'), where);
  const property = nameProperty(name, where);
  const allowsReserved = flagOf(value, 'allowReserved') ?? false;
  return {
    wire: {
      property,
      name,
      in: where,
      style,
      explode: flagOf(value, 'explode') ?? (style === 'form' || style === 'deepObject'),
      allowReserved: where === 'query' && allowsReserved,
      ...(content === undefined ? {} : { content: content[0].slice(0, 200) }),
    },
    part: {
      property,
      schemas: [schema],
      required: where === 'path' || flagOf(value, 'required') === true,
      description: textOf(value, 'description') ?? null,
      binary: null,
    },
  };
}

/** One that does not fit the place is taken for the usual one. */
function readStyle(given: string | undefined, where: OpenApiParameter['in']): OpenApiStyle {
  const style = OpenApiStyle.safeParse(given);
  return style.success && fitStyles[where].includes(style.data) ? style.data : usualStyles[where];
}
