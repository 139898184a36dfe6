import type { Detector } from '#server/platform/solidity/detector.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, type Node } from '#server/platform/solidity/syntax.ts';

export const uninitialisedStoragePointer: Detector = {
  id: 'uninitialised-storage-pointer',
  weaknesses: ['SWC-109', 'SCWE-071'],
  severity: 'high',
  confidence: 'high',
  title: { en: 'A pointer into storage that points to slot 0', zh: '未初始化的存储指针指向槽 0' },
  why: {
    en: 'Written through it, the contract’s first variables are overwritten.',
    zh: '通过它写入会覆盖合约最前面的变量。',
  },
  advice: { en: 'Say memory, or what it points to.', zh: '声明为 memory，或让其指向具体变量。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'VariableDeclarationStatement').flatMap((statement) => {
        if (statement.initialValue !== null) return [];
        return (statement.variables as (Node | null)[]).flatMap((variable) => {
          if (variable?.type !== 'VariableDeclaration') return [];
          const { storageLocation, typeName } = variable;
          const isStruct =
            typeName?.type === 'UserDefinedTypeName' && audited.findStruct(typeName.namePath, one) !== null;
          const isList = typeName?.type === 'ArrayTypeName';
          const isOld = isBefore(one.file, 500) && storageLocation === null && (isStruct || isList);
          // From 0.5 on the compiler refuses one that is used before it points to something.
          const isUnset = storageLocation === 'storage' && isBefore(one.file, 500);
          return isOld || isUnset ? [{ node: statement, in: one }] : [];
        });
      }),
    ),
};
