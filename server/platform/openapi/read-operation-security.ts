import type {
  OpenApiOperation,
  OpenApiSecurityNeed,
  OpenApiSecurityScheme,
} from '#server/contract/openapi-operation.ts';
import { isNode, memberOf } from './json-node.ts';
import { toPlainLine } from './plain-description.ts';

const mostAlternatives = 20;
const mostNeeds = 10;

/** What an operation says of signing in, where it says something of its own; null: it does not. */
export function readOperationSecurity(
  operation: unknown,
  schemes: readonly OpenApiSecurityScheme[],
): OpenApiOperation['security'] {
  const alternatives = memberOf(operation, 'security');
  if (!Array.isArray(alternatives)) return null;
  return alternatives
    .filter(isNode)
    .slice(0, mostAlternatives)
    .map((needs) =>
      Object.keys(needs)
        .slice(0, mostNeeds)
        .map((name) => toNeed(name, schemes)),
    );
}

function toNeed(name: string, schemes: readonly OpenApiSecurityScheme[]): OpenApiSecurityNeed {
  const scheme = schemes.find((one) => one.name === name);
  return {
    name: toPlainLine(name, 200),
    kind: scheme?.kind ?? 'other',
    ...(scheme?.in === undefined ? {} : { in: scheme.in }),
    ...(scheme?.parameterName === undefined ? {} : { parameterName: scheme.parameterName }),
  };
}
