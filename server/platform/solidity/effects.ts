import {
  contractTypeOf,
  findFunctions,
  findModifier,
  type FunctionSource,
  isBefore,
  type SourceModel,
  stateAt,
} from './source-model.ts';
import {
  type Call,
  calleeOf,
  childrenOf,
  findAll,
  isIdentifier,
  nameOfCall,
  type Node,
  optionOf,
  receiverOf,
  rootOf,
  targetsOf,
} from './syntax.ts';

/** An outgoing call: with all its gas, so that the other side can call back, unless `isShort`. */
type OutgoingCall = {
  kind: 'low-level' | 'delegate' | 'contract' | 'payment' | 'library';
  target: Node | null;
  /** 2,300 gas at most: `transfer` and `send`. */
  isShort: boolean;
};
export type Effect = {
  node: Node;
  in: FunctionSource;
  /** Where the function whose effects are read does it: what it calls itself, if that does it. */
  site: Node;
  branches: { of: Node; side: boolean }[];
} & ({ kind: 'call'; call: OutgoingCall } | { kind: 'write' | 'read'; variable: string; target: Node });

const mostDepth = 5;
const mostEffects = 2_000;
const lowLevel = new Set(['call', 'callcode', 'delegatecall', 'staticcall']);
const libraryCalls = new Set([
  'safeTransfer',
  'safeTransferFrom',
  'sendValue',
  'functionCall',
  'functionCallWithValue',
  'functionDelegateCall',
  'forceApprove',
  'safeTransferETH',
]);

/** What kind of outgoing call a call is; null: it stays inside. */
export function toOutgoing(model: SourceModel, one: FunctionSource, call: Call): OutgoingCall | null {
  const name = nameOfCall(call);
  const target = receiverOf(call);
  if (target === null) return /^_safeMint$/.test(name) ? { kind: 'library', target: null, isShort: false } : null;
  if (isIdentifier(target, 'abi') || isIdentifier(target, 'super')) return null;
  if (lowLevel.has(name)) {
    return { kind: name === 'delegatecall' || name === 'callcode' ? 'delegate' : 'low-level', target, isShort: false };
  }
  if (libraryCalls.has(name)) {
    // SafeERC20.safeTransfer(token, …) calls the token.
    const isNamed = target.type === 'Identifier' && model.findContract(target.name, one.file)?.node.kind === 'library';
    return { kind: 'library', target: isNamed ? (call.arguments[0] ?? target) : target, isShort: false };
  }
  if (isIdentifier(target, 'this')) return { kind: 'contract', target, isShort: false };
  const type = contractTypeOf(model, one, target);
  if (type !== null) return { kind: 'contract', target, isShort: false };
  return ['transfer', 'send'].includes(name) && call.arguments.length === 1
    ? { kind: 'payment', target, isShort: true }
    : null;
}

/** Whether a call can change something on the other side. */
function isChanging(model: SourceModel, one: FunctionSource, call: Call): boolean {
  if (nameOfCall(call) === 'staticcall') return false;
  const type = receiverOf(call) && contractTypeOf(model, one, receiverOf(call) as Node);
  const [called] = (type?.source?.lineage ?? [])
    .flatMap(({ functions }) => functions.map(({ node }) => node))
    .filter(({ name }) => name === nameOfCall(call));
  return (
    !['view', 'pure', 'constant'].includes(called?.stateMutability ?? '') &&
    !/^(?:balanceOf|allowance|totalSupply|decimals|getReserves|latestRoundData|ownerOf|symbol|name)$/.test(
      nameOfCall(call),
    )
  );
}

/** Reads effects in the order in which they happen, internal calls followed. */
export function createEffectReader(model: SourceModel): (one: FunctionSource) => Effect[] {
  const known = new Map<FunctionSource, Effect[]>();
  const underWay = new Set<FunctionSource>();

  function read(one: FunctionSource): Effect[] {
    const kept = known.get(one);
    if (kept !== undefined) return kept;
    if (underWay.has(one) || underWay.size > mostDepth) return [];
    underWay.add(one);
    const effects: Effect[] = [];
    followFrom(0, one, [], effects);
    underWay.delete(one);
    if (underWay.size === 0) known.set(one, effects);
    return effects;
  }

  /** The function's body inside of its modifiers, each of which goes on where it has its `_`. */
  function followFrom(place: number, one: FunctionSource, branches: Effect['branches'], effects: Effect[]): void {
    const used = one.node.modifiers[place];
    if (used === undefined) {
      if (one.node.body) follow(one.node.body, one, branches, effects);
      return;
    }
    const body = findModifier(one.contract, used.name)?.body ?? null;
    if (body === null) followFrom(place + 1, one, branches, effects);
    else follow(body, one, branches, effects, (inner) => followFrom(place + 1, one, inner, effects));
  }

  function follow(
    node: Node,
    one: FunctionSource,
    branches: Effect['branches'],
    effects: Effect[],
    goOn?: (branches: Effect['branches']) => void,
  ): void {
    if (effects.length > mostEffects) return;
    if (goOn !== undefined && isIdentifier(node, '_')) {
      goOn(branches);
      return;
    }
    if (node.type === 'IfStatement') {
      follow(node.condition, one, branches, effects);
      follow(node.trueBody, one, [...branches, { of: node, side: true }], effects, goOn);
      if (node.falseBody) follow(node.falseBody, one, [...branches, { of: node, side: false }], effects, goOn);
      return;
    }
    const written = targetsOf(node);
    if (node.type === 'BinaryOperation' && written.length > 0) {
      follow(node.right, one, branches, effects);
      if (node.operator !== '=') follow(node.left, one, branches, effects);
    } else {
      const callee = node.type === 'FunctionCall' ? calleeOf(node) : null;
      if (node.type === 'FunctionCall' && callee !== null) {
        const options = (['value', 'gas'] as const).map((name) => optionOf(node, name)).filter((one) => one !== null);
        const on = callee.type === 'MemberAccess' ? [callee.expression] : [];
        for (const child of [...on, ...options, ...node.arguments]) follow(child, one, branches, effects);
      } else {
        for (const child of childrenOf(node)) follow(child, one, branches, effects, goOn);
      }
    }
    for (const target of written) {
      const variable = stateBehind(one, target);
      if (variable !== null) effects.push({ kind: 'write', node, in: one, site: node, branches, variable, target });
    }
    if (node.type === 'Identifier') {
      const variable = stateBehind(one, node);
      if (variable !== null)
        effects.push({ kind: 'read', node, in: one, site: node, branches, variable, target: node });
    }
    if (node.type === 'FunctionCall') followCall(node, one, branches, effects);
  }

  function followCall(node: Call, one: FunctionSource, branches: Effect['branches'], effects: Effect[]) {
    const call = toOutgoing(model, one, node);
    if (call !== null) {
      if (isChanging(model, one, node)) effects.push({ kind: 'call', node, in: one, site: node, branches, call });
      return;
    }
    const callee = calleeOf(node);
    const isSuper = callee.type === 'MemberAccess' && isIdentifier(callee.expression, 'super');
    if (callee.type !== 'Identifier' && !isSuper) return;
    const called = findFunctions(one.contract, nameOfCall(node)).find(
      (other) => other !== one && other.node.parameters.length === node.arguments.length,
    );
    if (called === undefined) return;
    for (const effect of read(called)) {
      if (effects.length < mostEffects)
        effects.push({ ...effect, site: node, branches: [...branches, ...effect.branches] });
    }
  }
  return read;
}

/** The state variable that is written where this is: also through a local storage pointer. */
export function stateBehind(one: FunctionSource, target: Node): string | null {
  const root = rootOf(target);
  if (root === null) return null;
  if (stateAt(one, root) !== null) return root;
  for (const { variables, initialValue } of findAll(one.node.body, 'VariableDeclarationStatement')) {
    const pointer = (variables as (Node | null)[]).find(
      (variable) =>
        variable?.type === 'VariableDeclaration' &&
        variable.name === root &&
        (variable.storageLocation === 'storage' ||
          // Before 0.5 a struct, and what var declares, is a pointer where nothing is said.
          (isBefore(one.file, 500) &&
            variable.storageLocation === null &&
            (variable.typeName?.type === 'UserDefinedTypeName' || isVar(variable.typeName)))),
    );
    if (pointer && initialValue) {
      const behind = rootOf(initialValue);
      return behind !== null && stateAt(one, behind) !== null ? behind : null;
    }
  }
  return null;
}

const isVar = (type: Node | null) => type?.type === 'ElementaryTypeName' && type.name === 'var';

/** Whether one can happen after the other in the same call. */
export const canFollow = (first: Effect, second: Effect): boolean =>
  !first.branches.some(({ of, side }) => second.branches.some((other) => other.of === of && other.side !== side));
