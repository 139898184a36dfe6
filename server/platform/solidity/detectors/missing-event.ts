import type { Detector } from '#server/platform/solidity/detector.ts';
import { insertBefore, textOf } from '#server/platform/solidity/edit-source.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { isBefore, listEntries, stateAt } from '#server/platform/solidity/source-model.ts';
import { findAll } from '#server/platform/solidity/syntax.ts';

export const missingEvent: Detector = {
  id: 'missing-event',
  weaknesses: ['SCWE-063'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'A privileged change that nobody hears of', zh: '特权变更没有发出事件' },
  why: {
    en: 'Who watches the contract does not see that its owner changed how it works.',
    zh: '关注合约的人无法得知所有者更改了它的运作方式。',
  },
  advice: { en: 'Emit an event with the new value.', zh: '发出包含新值的事件。' },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      if (!isRestricted(one) || findAll(one.node.body, 'EmitStatement').length > 0) return [];
      for (const node of findAll(one.node.body, 'BinaryOperation')) {
        const variable = node.operator === '=' && node.left.type === 'Identifier' ? stateAt(one, node.left.name) : null;
        if (
          variable === null ||
          node.right.type !== 'Identifier' ||
          variable.node.typeName?.type !== 'ElementaryTypeName'
        )
          continue;
        if (!one.node.parameters.some(({ name }) => name === (node.right.type === 'Identifier' ? node.right.name : '')))
          continue;
        const name = `${(variable.node.name ?? '').replace(/^_+/, '').replace(/^./, (letter) => letter.toUpperCase())}Changed`;
        const body = one.node.body?.range?.[1] ?? 0;
        const isFree = !one.contract.lineage.some(({ events }) => events.some((event) => event.name === name));
        const memory = ['string', 'bytes'].includes(variable.node.typeName.name);
        const edits =
          isBefore(one.file, 800) || !isFree || memory
            ? undefined
            : [
                insertBefore(one.file, one.node, `event ${name}(${variable.node.typeName.name} value);\n`),
                { start: body, end: body, text: `    emit ${name}(${textOf(one.file, node.right)});\n    ` },
              ];
        return [{ node: one.node, in: one, ...(edits === undefined ? {} : { edits }) }];
      }
      return [];
    }),
};
