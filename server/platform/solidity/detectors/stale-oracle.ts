import type { Detector } from '#server/platform/solidity/detector.ts';
import { insertAfter, replaceNode } from '#server/platform/solidity/edit-source.ts';
import { isBefore, listFunctions } from '#server/platform/solidity/source-model.ts';
import { conditionsOf, findAll, mentions, nameOfCall, type Node } from '#server/platform/solidity/syntax.ts';

export const staleOracle: Detector = {
  id: 'stale-oracle',
  weaknesses: ['SCWE-086', 'SCWE-030'],
  severity: 'medium',
  confidence: 'high',
  title: { en: 'A price that may be old', zh: '可能使用过期的价格' },
  why: {
    en: 'The feed’s answer is used without asking when it was written. Where the feed stands still, an old price counts.',
    zh: '使用了喂价结果却不检查更新时间；喂价停滞时，会继续使用旧价格。',
  },
  advice: {
    en: 'Refuse an answer that is older than the feed’s own interval, and one that is zero or below.',
    zh: '拒绝早于喂价更新间隔的结果，以及小于等于零的结果。',
  },
  find: (audited) =>
    listFunctions(audited).flatMap((one) => [
      ...findAll(one.node.body, 'VariableDeclarationStatement').flatMap((statement) => {
        const call = statement.initialValue;
        if (call?.type !== 'FunctionCall' || nameOfCall(call) !== 'latestRoundData') return [];
        const variables = statement.variables as (Node | null)[];
        const updated = variables[3];
        const name = updated?.type === 'VariableDeclaration' ? updated.name : null;
        const isReturned = one.node.returnParameters?.some((result) => result.name === name) === true;
        if (
          name &&
          (isReturned ||
            conditionsOf(one.node.body).some(({ condition }) => mentions(condition, new Set([name]))) ||
            findAll(one.node.body, 'ReturnStatement').some((node) => mentions(node, new Set([name]))))
        )
          return [];
        const given = variables.map((variable, place) => {
          if (place === 3 && variable === null) return 'uint256 updatedAt';
          return variable === null
            ? ''
            : one.file.text.slice(variable.range?.[0] ?? 0, (variable.range?.[1] ?? -1) + 1);
        });
        const [start = 0] = statement.range ?? [];
        const [callStart = 0] = call.range ?? [];
        const edits =
          isBefore(one.file, 800) || variables.length !== 5
            ? undefined
            : [
                { ...replaceNode(statement, `(${given.join(', ')}) = `), start, end: callStart },
                insertAfter(
                  one.file,
                  statement,
                  `require(${name ?? 'updatedAt'} + 1 hours >= block.timestamp, "stale price");`,
                ),
              ];
        return [{ node: statement, in: one, ...(edits === undefined ? {} : { edits }) }];
      }),
      ...findAll(one.node.body, 'FunctionCall')
        .filter((call) => nameOfCall(call) === 'latestAnswer')
        .map((node) => ({ node, in: one })),
    ]),
};
