import type { Detector } from '#server/platform/solidity/detector.ts';
import { textOf } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { findAll, type Node } from '#server/platform/solidity/syntax.ts';

const writing = /^(?:=|\+=|-=|\*=|\/=|%=|\|=|\^=|&=|<<=|>>=)$/;

export const statementWithoutEffect: Detector = {
  id: 'statement-without-effect',
  weaknesses: ['SWC-135'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'A statement that does nothing', zh: '语句没有任何效果' },
  why: {
    en: 'It compares or prepares something and throws the result away; what was meant, such as storing or paying, never happens.',
    zh: '它只是比较或准备，结果被丢弃；原本要做的存储或付款从未发生。',
  },
  advice: {
    en: 'Write = where a value is to be stored, and call what is to be called.',
    zh: '要存值请写 =，要调用请补上调用。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) =>
      findAll(one.node.body, 'ExpressionStatement').flatMap(({ expression }) => {
        if (expression?.type === 'BinaryOperation' && !writing.test(expression.operator)) {
          const start = expression.range?.[0] ?? 0;
          const at = start + textOf(one.file, expression.left).length;
          const sign = one.file.text.indexOf('==', at);
          const isMeant = expression.operator === '==' && expression.left.type === 'IndexAccess' && sign >= 0;
          return [
            {
              node: expression,
              in: one,
              ...(isMeant && !isBefore(one.file, 800) ? { edits: [{ start: sign, end: sign + 2, text: '=' }] } : {}),
            },
          ];
        }
        return expression && isPrepared(expression) ? [{ node: expression, in: one }] : [];
      }),
    ),
};

/** `to.call.value(1);` sets how much would be sent, and sends nothing. */
const isPrepared = (node: Node): boolean =>
  node.type === 'FunctionCall' &&
  node.expression.type === 'MemberAccess' &&
  ['value', 'gas'].includes(node.expression.memberName) &&
  node.expression.expression.type === 'MemberAccess' &&
  ['call', 'delegatecall', 'callcode'].includes(node.expression.expression.memberName);
