import { findModifier, type FunctionSource, stateAt } from './source-model.ts';
import { conditionsOf, contains, findAll, type Node, rootOf, targetsOf } from './syntax.ts';
import { authorityNames } from './authority.ts';

export const isInitializer = ({ name, isEntry }: FunctionSource): boolean =>
  isEntry && /^_*(?:re)?init(?:iali[sz]e)?(?:[A-Z_]|$)/.test(name);

/** Whether it sets who may do what. */
export const writesAuthority = (one: FunctionSource): boolean =>
  contains(one.node.body, (node) =>
    targetsOf(node).some((target) => {
      const variable = stateAt(one, rootOf(target));
      return variable !== null && (authorityNames.test(variable.node.name ?? '') || isAddress(variable.node.typeName));
    }),
  ) ||
  findAll(one.node.body, 'FunctionCall').some(
    ({ expression }) =>
      expression.type === 'Identifier' &&
      /^__?(?:Ownable|AccessControl|transferOwnership|grantRole|setOwner)/.test(expression.name),
  );

const isAddress = (type: Node | null) => type?.type === 'ElementaryTypeName' && type.name === 'address';

/** Whether it runs once only: by a modifier, or by a check of something that it writes itself. */
export function isOnce(one: FunctionSource): boolean {
  const bodies = one.node.modifiers.map(({ name }) => ({ name, body: findModifier(one.contract, name)?.body ?? null }));
  if (bodies.some(({ name, body }) => body === null && /^(?:re)?initializ|^onlyInit|^once/i.test(name))) return true;
  const all: (Node | null)[] = [one.node.body, ...bodies.map(({ body }) => body)];
  const written = new Set(
    all.flatMap((body) => {
      const names: (string | null)[] = [];
      contains(body, (node) => {
        names.push(...targetsOf(node).map(rootOf));
        return false;
      });
      return names;
    }),
  );
  return all
    .flatMap((body) => conditionsOf(body))
    .some(({ condition }) =>
      findAll(condition, 'Identifier').some(({ name }) => written.has(name) && stateAt(one, name) !== null),
    );
}
