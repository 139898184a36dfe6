import type { ASTNode, Expression, FunctionCall, TupleExpression } from '@solidity-parser/parser/dist/src/ast-types';

/** A node of Solidity's syntax tree, with its place in the file (`range`, both ends included). */
export type Node = ASTNode;
export type Call = FunctionCall;

/** Names that are written out a second time beside the text that they name. */
const repeated = new Set([
  'range',
  'loc',
  'identifier',
  'identifiers',
  'pathLiteral',
  'unitAliasIdentifier',
  'keyName',
]);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** What is directly below a node, in the order of the text. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (repeated.has(key)) continue;
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) children.push(...value.filter(isNode));
  }
  return children;
}

/** Visits a node and all below it, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

export function findAll<Type extends Node['type']>(
  node: Node | null | undefined,
  type: Type,
): Extract<Node, { type: Type }>[] {
  const found: Extract<Node, { type: Type }>[] = [];
  if (node) {
    walk(node, (one) => {
      if (one.type === type) found.push(one as Extract<Node, { type: Type }>);
    });
  }
  return found;
}

export function contains(node: Node | null | undefined, test: (node: Node) => boolean): boolean {
  return node ? test(node) || childrenOf(node).some((child) => contains(child, test)) : false;
}

export const isIdentifier = (node: Node | null | undefined, name?: string): boolean =>
  node?.type === 'Identifier' && (name === undefined || node.name === name);

/** `msg.sender`, `block.timestamp` … */
export const isGlobal = (node: Node | null | undefined, object: string, member: string): boolean =>
  node?.type === 'MemberAccess' && node.memberName === member && isIdentifier(node.expression, object);

export const isSender = (node: Node): boolean =>
  isGlobal(node, 'msg', 'sender') ||
  isGlobal(node, 'tx', 'origin') ||
  (node.type === 'FunctionCall' && isIdentifier(node.expression, '_msgSender'));

export const mentionsSender = (node: Node | null | undefined): boolean => contains(node, isSender);

export const mentions = (node: Node | null | undefined, names: ReadonlySet<string>): boolean =>
  contains(
    node,
    (one) =>
      (one.type === 'Identifier' && names.has(one.name)) ||
      // In assembly a variable reads like a call of nothing.
      (one.type === 'AssemblyCall' && one.arguments.length === 0 && names.has(one.functionName)),
  );

/** What is called, without the options in braces: `x.call` of `x.call{value: 1}("")`. */
export function calleeOf(call: Call): Expression {
  const { expression } = call;
  if (expression.type === 'NameValueExpression') return expression.expression;
  // Before 0.7: x.call.value(1)("").
  if (
    expression.type === 'FunctionCall' &&
    expression.expression.type === 'MemberAccess' &&
    ['value', 'gas'].includes(expression.expression.memberName)
  ) {
    return calleeOf({ ...expression, expression: expression.expression.expression });
  }
  return expression;
}

/** The option of a call: `value` of `x.call{value: 1}("")`, also in its old form. */
export function optionOf(call: Call, name: 'value' | 'gas'): Expression | null {
  const { expression } = call;
  if (expression.type === 'NameValueExpression') {
    const place = expression.arguments.names.indexOf(name);
    return expression.arguments.arguments[place] ?? null;
  }
  if (expression.type !== 'FunctionCall' || expression.expression.type !== 'MemberAccess') return null;
  const { memberName, expression: below } = expression.expression;
  if (memberName === name) return expression.arguments[0] ?? null;
  return optionOf({ ...expression, expression: below }, name);
}

/** The name of what is called: `transfer` of `token.transfer(…)`, `require` of `require(…)`. */
export function nameOfCall(call: Call): string {
  const callee = calleeOf(call);
  if (callee.type === 'MemberAccess') return callee.memberName;
  return callee.type === 'Identifier' ? callee.name : '';
}

/** What a method is called on; null for a plain call. */
export function receiverOf(call: Call): Expression | null {
  const callee = calleeOf(call);
  return callee.type === 'MemberAccess' ? callee.expression : null;
}

/** The variable at the bottom of `a.b[c].d`. */
export function rootOf(node: Node): string | null {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'MemberAccess') {
    const isOwn = isIdentifier(node.expression, 'this') || isIdentifier(node.expression, 'msg');
    return isOwn ? null : rootOf(node.expression);
  }
  if (node.type === 'IndexAccess' || node.type === 'IndexRangeAccess') return rootOf(node.base);
  if (node.type === 'TupleExpression') {
    const inner = insideBrackets(node);
    return inner === null ? null : rootOf(inner);
  }
  return node.type === 'FunctionCall' && ['push', 'pop'].includes(nameOfCall(node)) ? rootOf(calleeOf(node)) : null;
}

/** The one thing that stands in brackets; null where there are several. */
export function insideBrackets({ components }: TupleExpression): Node | null {
  // What the parser calls a base node here is one of the tree's.
  return components.length === 1 ? (components[0] as Node | null) : null;
}

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '|=', '^=', '<<=', '>>=', '&=']);

/** What a node itself writes: the left of an assignment, what is counted up, deleted, pushed to. */
export function targetsOf(node: Node): Node[] {
  if (node.type === 'BinaryOperation' && assignments.has(node.operator)) {
    const { left } = node;
    return left.type === 'TupleExpression'
      ? left.components.filter((one) => one !== null).map((one) => one as Node)
      : [left];
  }
  if (node.type === 'UnaryOperation' && ['++', '--', 'delete'].includes(node.operator)) return [node.subExpression];
  if (node.type === 'FunctionCall' && ['push', 'pop'].includes(nameOfCall(node))) {
    const list = receiverOf(node);
    return list === null ? [] : [list];
  }
  return [];
}

/** The conditions without which a body does not go on: of `require`, `assert` and of `if` with a way out. */
export function conditionsOf(body: Node | null | undefined): { condition: Expression; node: Node }[] {
  const found: { condition: Expression; node: Node }[] = [];
  if (!body) return found;
  walk(body, (node) => {
    if (node.type === 'FunctionCall' && ['require', 'assert'].includes(nameOfCall(node)) && node.arguments[0]) {
      found.push({ condition: node.arguments[0], node });
    }
    // A modifier may also go on only inside: if (msg.sender == owner) _;
    const isGate = node.type === 'IfStatement' && contains(node.trueBody, (inner) => isIdentifier(inner, '_'));
    if (
      node.type === 'IfStatement' &&
      (isGate || [node.trueBody, node.falseBody].some((side) => side && leaves(side)))
    ) {
      found.push({ condition: node.condition, node });
    }
  });
  return found;
}

/** Whether a statement surely ends its function. */
export function leaves(statement: Node): boolean {
  if (statement.type === 'Block') return statement.statements.some((one) => leaves(one as Node));
  if (statement.type === 'ExpressionStatement') {
    return statement.expression?.type === 'FunctionCall' && nameOfCall(statement.expression) === 'revert';
  }
  return ['RevertStatement', 'ThrowStatement', 'ReturnStatement'].includes(statement.type);
}
