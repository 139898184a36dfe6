import type {
  ContractDefinition,
  EventDefinition,
  FunctionDefinition,
  ModifierDefinition,
  SourceUnit,
  StateVariableDeclarationVariable,
  StructDefinition,
  TypeName,
  VariableDeclaration,
} from '@solidity-parser/parser/dist/src/ast-types';
import { createSymbolFinder } from './symbol-finder.ts';
import { childrenOf, findAll, insideBrackets, type Node } from './syntax.ts';

export type SourceFile = {
  path: string;
  text: string;
  unit: SourceUnit;
  /** The lowest compiler that its pragma admits, as 8.20 for 0.8.20; null: it says none. */
  compiler: number | null;
};
export type StateVariable = { node: StateVariableDeclarationVariable; contract: ContractSource; value: Node | null };
export type FunctionSource = {
  file: SourceFile;
  contract: ContractSource;
  node: FunctionDefinition;
  name: string;
  /** Whether others can call it. */
  isEntry: boolean;
  isReadOnly: boolean;
};
export type ContractSource = {
  file: SourceFile;
  node: ContractDefinition;
  name: string;
  /** Itself, then those that it inherits from, as far as they were given. */
  lineage: ContractSource[];
  missingBases: string[];
  functions: FunctionSource[];
  modifiers: ModifierDefinition[];
  events: EventDefinition[];
  structs: StructDefinition[];
  /** Its own; `findState` looks at all that it inherits. */
  state: StateVariable[];
};
export type SourceModel = {
  files: SourceFile[];
  contracts: ContractSource[];
  /** What is imported and was not given, by its path. */
  missingImports: string[];
  /** The contract that a name, or `Alias.Name`, means in a file. */
  findContract: (path: string, from: SourceFile) => ContractSource | null;
  /** The struct that a name means where it stands. */
  findStruct: (path: string, at: NamePlace) => StructDefinition | null;
  parentOf: (node: Node) => Node | null;
  /** Where a node of the tree stands; null for one that was made up. */
  placeOf: (node: Node) => NamePlace | null;
};
/** Names mean what they mean in a contract (null: outside of all) of a file. */
type NamePlace = { file: SourceFile; contract: ContractSource | null };

/** @param remappings - the compiler's, by which imports are found */
export function buildModel(files: SourceFile[], remappings: string[] = []): SourceModel {
  const parents = new Map<Node, Node>();
  const contracts = files.flatMap((file) =>
    findAll(file.unit, 'ContractDefinition').map((node) => readContract(file, node)),
  );
  const { findSymbol, missingImports } = createSymbolFinder(files, remappings);
  const byNode = new Map<Node, ContractSource>(contracts.map((contract) => [contract.node, contract]));
  const byUnit = new Map<Node, SourceFile>(files.map((file) => [file.unit, file]));
  const findContract: SourceModel['findContract'] = (path, from) => {
    const found = findSymbol(from.unit, path);
    return found === null ? null : (byNode.get(found) ?? null);
  };
  for (const contract of contracts) Object.assign(contract, readLineage(contract, findContract));
  const structs = new Map<string, StructDefinition[]>();
  for (const struct of contracts.flatMap((contract) => contract.structs))
    structs.set(struct.name, [...(structs.get(struct.name) ?? []), struct]);
  const connect = (node: Node) => {
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      connect(child);
    }
  };
  for (const { unit } of files) connect(unit);
  return {
    files,
    contracts,
    missingImports,
    findContract,
    findStruct: (path, { file, contract }) => {
      const [name = '', ...owners] = path.split('.').reverse();
      const owner = owners.length === 0 ? contract : findContract(owners.toReversed().join('.'), file);
      const inOwner = owner?.lineage.flatMap((one) => one.structs).find((struct) => struct.name === name);
      if (inOwner !== undefined) return inOwner;
      const inFiles = findSymbol(file.unit, path);
      if (inFiles !== null) return inFiles.type === 'StructDefinition' ? inFiles : null;
      // Of a contract that could not be found.
      const [first = null, ...others] = structs.get(name) ?? [];
      return others.length === 0 ? first : null;
    },
    parentOf: (node) => parents.get(node) ?? null,
    placeOf: (node) => {
      let contract: ContractSource | null = null;
      for (let at: Node | undefined = node; at !== undefined; at = parents.get(at)) {
        contract ??= byNode.get(at) ?? null;
        const file = byUnit.get(at);
        if (file !== undefined) return { file, contract };
      }
      return null;
    },
  };
}

function readContract(file: SourceFile, node: ContractDefinition): ContractSource {
  const members = node.subNodes as Node[];
  const contract: ContractSource = {
    file,
    node,
    name: node.name,
    lineage: [],
    missingBases: [],
    functions: [],
    modifiers: members.filter((member) => member.type === 'ModifierDefinition'),
    events: members.filter((member) => member.type === 'EventDefinition'),
    structs: members.filter((member) => member.type === 'StructDefinition'),
    state: [],
  };
  for (const member of members) {
    if (member.type === 'StateVariableDeclaration') {
      const [variable] = member.variables;
      if (variable) contract.state.push({ node: variable, contract, value: member.initialValue });
    }
    if (member.type !== 'FunctionDefinition') continue;
    const isEntry =
      !member.isConstructor && node.kind !== 'interface' && !['internal', 'private'].includes(member.visibility);
    const isReadOnly = ['view', 'pure', 'constant'].includes(member.stateMutability ?? '');
    contract.functions.push({ file, contract, node: member, name: member.name ?? '', isEntry, isReadOnly });
  }
  return contract;
}

function readLineage(contract: ContractSource, findContract: SourceModel['findContract']) {
  const lineage = [contract];
  const missingBases: string[] = [];
  for (const { node, file } of lineage) {
    for (const { baseName } of node.baseContracts) {
      const base = findContract(baseName.namePath, file);
      if (base === null) missingBases.push(baseName.namePath);
      else if (!lineage.includes(base)) lineage.push(base);
    }
  }
  return { lineage, missingBases };
}

export function findState({ lineage }: ContractSource, name: string): StateVariable | null {
  for (const { state } of lineage) {
    const found = state.find(({ node }) => node.name === name);
    if (found !== undefined) return found;
  }
  return null;
}

export function findFunctions({ lineage }: ContractSource, name: string): FunctionSource[] {
  return lineage.flatMap(({ functions }) => functions).filter((one) => one.name === name && one.node.body !== null);
}

export const findModifier = ({ lineage }: ContractSource, name: string): ModifierDefinition | null =>
  lineage.flatMap(({ modifiers }) => modifiers).find((one) => one.name === name) ?? null;

/** All functions of contracts and libraries that have a body. */
export const listFunctions = ({ contracts }: SourceModel): FunctionSource[] =>
  contracts.flatMap(({ functions }) => functions).filter(({ node }) => node.body !== null);

/** Functions that others can call and that may change something. */
export const listEntries = (model: SourceModel): FunctionSource[] =>
  listFunctions(model).filter(
    ({ isEntry, isReadOnly, contract }) => isEntry && !isReadOnly && contract.node.kind !== 'library',
  );

export const parametersOf = ({ node }: FunctionSource): VariableDeclaration[] => node.parameters;

export const parameterNames = ({ node }: FunctionSource): Set<string> =>
  new Set(node.parameters.flatMap(({ name }) => (name === null ? [] : [name])));

/** What a function declares: parameters, results, locals. */
export function declarationsOf({ node }: FunctionSource): VariableDeclaration[] {
  const inBody = findAll(node.body, 'VariableDeclaration');
  return [...node.parameters, ...(node.returnParameters ?? []), ...inBody];
}

/** The state variable that a name means inside of a function; null where a local hides it. */
export function stateAt(one: FunctionSource, name: string | null): StateVariable | null {
  if (name === null || declarationsOf(one).some((declared) => declared.name === name)) return null;
  return findState(one.contract, name);
}

/** The type of what lies at `a[b][c]`, where that is a state variable. */
export function typeOfState(one: FunctionSource, node: Node): TypeName | null {
  if (node.type === 'Identifier') return stateAt(one, node.name)?.node.typeName ?? null;
  if (node.type !== 'IndexAccess') return null;
  const base = typeOfState(one, node.base);
  if (base?.type === 'Mapping') return base.valueType;
  return base?.type === 'ArrayTypeName' ? base.baseTypeName : null;
}

/** The declared type of an expression, where it can be told from its words. */
export function typeOf(model: SourceModel, one: FunctionSource, node: Node): TypeName | null {
  if (node.type === 'Identifier') {
    const local = declarationsOf(one).findLast(({ name }) => name === node.name);
    return local?.typeName ?? findState(one.contract, node.name)?.node.typeName ?? null;
  }
  if (node.type === 'IndexAccess') {
    const base = typeOf(model, one, node.base);
    if (base?.type === 'Mapping') return base.valueType;
    return base?.type === 'ArrayTypeName' ? base.baseTypeName : null;
  }
  if (node.type === 'MemberAccess') {
    const base = typeOf(model, one, node.expression);
    if (base?.type !== 'UserDefinedTypeName') return null;
    const struct = model.findStruct(base.namePath, model.placeOf(base) ?? one);
    return struct?.members.find((member) => member.name === node.memberName)?.typeName ?? null;
  }
  if (node.type === 'FunctionCall' && node.expression.type === 'Identifier') {
    const { name } = node.expression;
    const [called] = findFunctions(one.contract, name);
    if (called !== undefined) return called.node.returnParameters?.[0]?.typeName ?? null;
    // A conversion: IERC20(token).
    return node.arguments.length === 1 && /^[A-Z]/.test(name) ? { type: 'UserDefinedTypeName', namePath: name } : null;
  }
  const inner = node.type === 'TupleExpression' ? insideBrackets(node) : null;
  return inner === null ? null : typeOf(model, one, inner);
}

/** The contract or interface that an expression is, if it is one; `source` is null where it was not given. */
export function contractTypeOf(
  model: SourceModel,
  one: FunctionSource,
  node: Node,
): { name: string; source: ContractSource | null } | null {
  const type = typeOf(model, one, node);
  if (type?.type !== 'UserDefinedTypeName') return null;
  const name = type.namePath.split('.').at(-1) ?? '';
  const place = model.placeOf(type) ?? one;
  const source = model.findContract(type.namePath, place.file);
  if (source !== null) return source.node.kind === 'library' ? null : { name, source };
  if (model.findStruct(type.namePath, place) !== null) return null;
  // Of what was not given, a name like IERC20 or ERC20 is all that there is to go by.
  return /^I[A-Z]|^(?:ERC|BEP)\d|Token$|Router|Pair|Feed|Interface/.test(name) ? { name, source } : null;
}

/** The version in which the file's rules hold: 8.0 and above checks arithmetic. */
export const isBefore = ({ compiler }: SourceFile, version: number): boolean => compiler !== null && compiler < version;
