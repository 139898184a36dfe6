import {
  findFunctions,
  findModifier,
  type FunctionSource,
  parameterNames,
  type SourceModel,
  typeOfState,
} from './source-model.ts';
import {
  conditionsOf,
  contains,
  findAll,
  isSender,
  mentions,
  mentionsSender,
  nameOfCall,
  type Node,
  rootOf,
  targetsOf,
} from './syntax.ts';

const unknownGuards =
  /^(?:only|auth|requires?[A-Z]|restricted|initializer|reinitializer|onlyInitializing|has[A-Z]|is[A-Z]|governance|admin|owner|guardian)/;
const checkNames =
  /^_?(?:check|only|require|enforce|assert|validate)_?(?:owner|role|auth|admin|caller|sender|can|proxy|gov|access|permission)/i;
/** Calls that pay who calls, or take from them, and ask nothing. */
const moves = /^(?:safe)?(?:transfer|transferFrom|send|call|approve|mint|burn)$/i;
const signatureReaders = new Set([
  'ecrecover',
  'recover',
  'tryRecover',
  'isValidSignatureNow',
  'isValidSignature',
  'verify',
]);

/** Whether a function lets only some callers in, by a modifier, a check of its own, or one that it calls. */
export function isRestricted(one: FunctionSource, depth = 0): boolean {
  for (const { name } of one.node.modifiers) {
    const modifier = findModifier(one.contract, name);
    if (modifier === null ? unknownGuards.test(name) : hasSenderCheck(modifier.body, one, depth)) return true;
  }
  return hasSenderCheck(one.node.body, one, depth);
}

function hasSenderCheck(body: Node | null, one: FunctionSource, depth: number): boolean {
  const asksInAssembly = findAll(body, 'AssemblyIf').some(({ condition }) =>
    contains(condition, (node) => node.type === 'AssemblyCall' && node.functionName === 'caller'),
  );
  if (asksInAssembly) return true;
  if (conditionsOf(body).some(({ condition }) => isSenderTest(condition, one) || isSignatureTest(condition, one)))
    return true;
  return findAll(body, 'FunctionCall').some((call) => {
    const name = nameOfCall(call);
    if (checkNames.test(name) || /^_?only[A-Z]/.test(name)) return true;
    if (depth >= 3 || call.expression.type !== 'Identifier') return false;
    return findFunctions(one.contract, name).some((called) => called !== one && isRestricted(called, depth + 1));
  });
}

/** Whether a place lies inside of an if that asks who calls. */
export function isGuarded({ parentOf }: Pick<SourceModel, 'parentOf'>, one: FunctionSource, node: Node): boolean {
  for (let at = node, above = parentOf(at); above !== null; at = above, above = parentOf(at)) {
    if (above.type === 'IfStatement' && above.trueBody === at && isSenderTest(above.condition, one)) return true;
  }
  return false;
}

/** `msg.sender == owner`, `isOwner[msg.sender]`, `hasRole(ROLE, msg.sender)`; a balance of the caller is none. */
export function isSenderTest(condition: Node, one: FunctionSource): boolean {
  const given = parameterNames(one);
  if (condition.type === 'BinaryOperation') {
    const { operator, left, right } = condition;
    if (['&&', '||'].includes(operator)) return isSenderTest(left, one) || isSenderTest(right, one);
    if (!['==', '!='].includes(operator)) return false;
    const isCaller = (side: Node) => isSender(side) || isCallersName(side, one);
    const other = isCaller(left) ? right : isCaller(right) ? left : null;
    if (other === null) {
      return [left, right].some(
        (side) => isSenderTest(side, one) && (side.type === 'FunctionCall' || isListing(side, one)),
      );
    }
    const isOpen = other.type === 'Identifier' && given.has(other.name);
    return !isOpen && !isZero(other) && !contains(other, isSender);
  }
  if (condition.type === 'UnaryOperation') return isSenderTest(condition.subExpression, one);
  if (condition.type === 'IndexAccess') return mentionsSender(condition.index) || isSenderTest(condition.base, one);
  if (condition.type === 'MemberAccess') return isSenderTest(condition.expression, one);
  if (condition.type === 'FunctionCall') {
    if (moves.test(nameOfCall(condition))) return false;
    if (condition.arguments.some((argument) => mentionsSender(argument) || isCallersName(argument, one))) return true;
    return condition.expression.type === 'Identifier' && asksForSender(nameOfCall(condition), one);
  }
  return false;
}

/** `address caller = _msgSender();` */
const isCallersName = (node: Node, one: FunctionSource): boolean =>
  node.type === 'Identifier' &&
  findAll(one.node.body, 'VariableDeclarationStatement').some(
    ({ variables, initialValue }) =>
      initialValue !== null &&
      isSender(initialValue) &&
      (variables[0] as { name?: string | null } | null)?.name === node.name,
  );

/** A list of who may, as `owners[msg.sender] != 0`; a number there is a balance. */
function isListing(node: Node, one: FunctionSource): boolean {
  if (node.type !== 'IndexAccess') return false;
  const type = typeOfState(one, node);
  return type?.type !== 'ElementaryTypeName' || !/^u?int/.test(type.name);
}

/** Whether a function of the contract's own answers who calls; of one without a body its name is all there is. */
const asksForSender = (name: string, one: FunctionSource): boolean =>
  one.contract.lineage
    .flatMap(({ functions }) => functions)
    .filter((called) => called.name === name && called.node.parameters.length === 0)
    .some(({ node }) =>
      node.body === null
        ? /^_?(?:can|is|has|may)[A-Z]/.test(name)
        : findAll(node.body, 'ReturnStatement').some(
            ({ expression }) =>
              expression?.type === 'BinaryOperation' &&
              expression.operator === '==' &&
              [expression.left, expression.right].some(isSender),
          ),
    );

const isZero = (node: Node): boolean =>
  node.type === 'FunctionCall' &&
  ['address', 'payable'].includes(nameOfCall(node)) &&
  node.arguments[0]?.type === 'NumberLiteral';

/** Signed permission is one, too. */
function isSignatureTest(condition: Node, one: FunctionSource): boolean {
  if (contains(condition, (node) => node.type === 'FunctionCall' && signatureReaders.has(nameOfCall(node))))
    return true;
  const signers = findAll(one.node.body, 'VariableDeclarationStatement')
    .filter(({ initialValue }) =>
      contains(initialValue, (node) => node.type === 'FunctionCall' && signatureReaders.has(nameOfCall(node))),
    )
    .flatMap(({ variables }) => variables.map((variable) => (variable as { name?: string } | null)?.name ?? ''));
  return mentions(condition, new Set(signers));
}

const locks = /nonreentrant|^lock|^noreent|^mutex/i;

/** Whether a lock keeps a function from being entered again: by its name, or since it checks, sets and frees a variable. */
export const isLocked = (one: FunctionSource): boolean =>
  one.node.modifiers.some(({ name }) => locks.test(name) || isLock(findModifier(one.contract, name)?.body ?? null));

function isLock(body: Node | null): boolean {
  const written = findAll(body, 'BinaryOperation').flatMap(targetsOf).map(rootOf);
  return conditionsOf(body).some(({ condition }) =>
    findAll(condition, 'Identifier').some(({ name }) => written.filter((other) => other === name).length >= 2),
  );
}

/** Whether a condition of the body names all of these texts, e.g. the two sides of a subtraction. */
export function isCheckedFor(one: FunctionSource, texts: string[], before: number): boolean {
  const { text } = one.file;
  return conditionsOf(one.node.body).some(({ condition, node }) => {
    if (isAlwaysTrue(condition)) return false;
    const [start = 0, end = 0] = condition.range ?? [];
    const words = text.slice(start, end + 1).replaceAll(/\s/g, '');
    return (node.range?.[0] ?? 0) < before && texts.every((wanted) => words.includes(wanted.replaceAll(/\s/g, '')));
  });
}

/** No unsigned number is below zero. */
export const isAlwaysTrue = (condition: Node): boolean =>
  condition.type === 'BinaryOperation' &&
  ((condition.operator === '>=' && isNought(condition.right)) ||
    (condition.operator === '<=' && isNought(condition.left)));

const isNought = (node: Node): boolean => node.type === 'NumberLiteral' && node.number === '0';
