import type { Detector } from '#server/platform/solidity/detector.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, rootOf, targetsOf } from '#server/platform/solidity/syntax.ts';

export const gasConstantVariable: Detector = {
  id: 'gas-constant-variable',
  weaknesses: ['SCWE-082'],
  severity: 'gas',
  confidence: 'high',
  title: { en: 'A variable that never changes', zh: '从不改变的状态变量' },
  why: {
    en: 'Each reading of it costs up to 2,100 gas; of a constant or immutable, three.',
    zh: '每次读取最多消耗 2,100 Gas；常量或 immutable 只需 3。',
  },
  advice: {
    en: 'Make it constant, or immutable where the constructor sets it.',
    zh: '改为 constant；若由构造函数设置则改为 immutable。',
  },
  find: (audited) =>
    audited.contracts.flatMap((contract) => {
      if (contract.node.kind !== 'contract') return [];
      const functions = listFunctions(audited).filter((one) => one.contract.lineage.includes(contract));
      const writes = (name: string, inConstructor: boolean) =>
        functions.some(
          ({ node }) =>
            node.isConstructor === inConstructor &&
            contains(node.body, (part) => targetsOf(part).some((target) => rootOf(target) === name)),
        );
      const usesAssembly = functions.some(({ node }) => findAll(node.body, 'InlineAssemblyStatement').length > 0);
      return contract.state.flatMap(({ node, value }) => {
        const type = node.typeName;
        const isValue =
          type?.type === 'UserDefinedTypeName'
            ? audited.findContract(type.namePath, contract.file) !== null
            : type?.type === 'ElementaryTypeName' && !['string', 'bytes'].includes(type.name);
        if (!isValue || node.isDeclaredConst || node.isImmutable || node.isTransient || usesAssembly) return [];
        const name = node.name ?? '';
        if (name === '' || writes(name, false)) return [];
        const isSet = writes(name, true);
        if (!isSet && value === null) return [];
        const isLiteral =
          value !== null && ['NumberLiteral', 'BooleanLiteral', 'HexLiteral'].includes(value.type) && !isSet;
        const at = (node.typeName?.range?.[1] ?? 0) + 1;
        const word = isLiteral ? 'constant' : 'immutable';
        return [
          {
            node,
            in: contract,
            ...(isBefore(contract.file, 800) ? {} : { edits: [{ start: at, end: at, text: ` ${word}` }] }),
          },
        ];
      });
    }),
};
