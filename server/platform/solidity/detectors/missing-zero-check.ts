import type { Detector } from '#server/platform/solidity/detector.ts';
import { beginBody } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions, parametersOf, stateAt } from '#server/platform/solidity/source-model.ts';
import { conditionsOf, findAll, mentions } from '#server/platform/solidity/syntax.ts';

export const missingZeroCheck: Detector = {
  id: 'missing-zero-check',
  weaknesses: ['SCWE-143'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'The zero address is taken', zh: '未检查零地址' },
  why: {
    en: 'Set to the zero address by mistake, the contract loses its owner, or sends money where nobody is.',
    zh: '误设为零地址后，合约将失去所有者，或把资金发往无人之处。',
  },
  advice: { en: 'Require that the address is not zero.', zh: '要求地址不为零。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => {
      if (!one.isEntry && !one.node.isConstructor) return [];
      return parametersOf(one).flatMap((parameter) => {
        const { typeName, name } = parameter;
        if (name === null || typeName?.type !== 'ElementaryTypeName' || typeName.name !== 'address') return [];
        const names = new Set([name]);
        const isStored = findAll(one.node.body, 'BinaryOperation').some(
          ({ operator, left, right }) =>
            operator === '=' &&
            left.type === 'Identifier' &&
            stateAt(one, left.name) !== null &&
            right.type === 'Identifier' &&
            right.name === name,
        );
        const isChecked =
          conditionsOf(one.node.body).some(({ condition }) => mentions(condition, names)) ||
          one.node.modifiers.some(
            ({ arguments: given }) => given?.some((argument) => mentions(argument, names)) === true,
          );
        if (!isStored || isChecked) return [];
        const line = `require(${name} != address(0), "zero address");`;
        return [{ node: parameter, in: one, ...(isBefore(one.file, 800) ? {} : { edits: [beginBody(one, line)] }) }];
      });
    }),
};
