import type { Detector } from '#server/platform/solidity/detector.ts';
import { listFunctions, stateAt } from '#server/platform/solidity/source-model.ts';
import { contains, findAll, nameOfCall, rootOf } from '#server/platform/solidity/syntax.ts';
import { indentAt, replaceNode, textOf } from '#server/platform/solidity/edit-source.ts';

export const gasLengthInLoop: Detector = {
  id: 'gas-length-in-loop',
  weaknesses: ['SCWE-082'],
  severity: 'gas',
  confidence: 'high',
  title: { en: 'A list’s length is read in each round', zh: '循环每轮都读取列表长度' },
  why: {
    en: 'The length is in storage; each reading costs 100 gas or more.',
    zh: '长度存于存储中，每次读取至少消耗 100 Gas。',
  },
  advice: { en: 'Read it once before the loop.', zh: '在循环前读取一次。' },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'ForStatement').flatMap((loop) => {
        const length = findAll(loop.conditionExpression, 'MemberAccess').find(
          ({ memberName, expression }) => memberName === 'length' && stateAt(one, rootOf(expression)) !== null,
        );
        if (length === undefined) return [];
        const list = rootOf(length.expression);
        const isChanged = contains(
          loop.body,
          (node) =>
            node.type === 'FunctionCall' &&
            ['push', 'pop'].includes(nameOfCall(node)) &&
            rootOf(node.expression) === list,
        );
        if (isChanged) return [];
        const start = loop.range?.[0] ?? 0;
        const line = `uint256 length = ${textOf(one.file, length)};\n${indentAt(one.file, start)}`;
        const isFree = !/\blength\b(?!\s*\()/.test(textOf(one.file, one.node).replaceAll(/\.length/g, ''));
        const edits =
          isFree && audited.parentOf(loop)?.type === 'Block'
            ? [{ start, end: start, text: line }, replaceNode(length, 'length')]
            : undefined;
        return [{ node: length, in: one, ...(edits === undefined ? {} : { edits }) }];
      }),
    ),
};
