import { fewestPoints, mostPoints } from '#server/contract/analysis.ts';
import { HubError } from '#server/hub-error.ts';

const refuse = (en: string, zh: string) => new HubError('validation_failed', { en, zh });

export const tooShort = (count: number) =>
  refuse(
    `The series has ${count} values; a forecast or an indicator needs ${fewestPoints} at least.`,
    `该序列只有 ${count} 个值；预测或指标至少需要 ${fewestPoints} 个。`,
  );

export const noNumber = (value: string, row: number) =>
  refuse(
    `The value "${value.slice(0, 60)}" of row ${row} is not a number.`,
    `第 ${row} 行的值“${value.slice(0, 60)}”不是数字。`,
  );

export const noTime = (value: string, row: number) =>
  refuse(
    `"${value.slice(0, 60)}" in row ${row} is not a time; write it as 2026-03-01 or 2026-03-01T12:00:00Z.`,
    `第 ${row} 行的“${value.slice(0, 60)}”不是时间；请写成 2026-03-01 或 2026-03-01T12:00:00Z。`,
  );

export const mixedTimes = () =>
  refuse(
    'Some values have a time and others have none. Give all of them one, or none.',
    '部分值带有时间，部分没有。请全部提供或全部不提供。',
  );

export const tooGappy = (missing: number, steps: number) =>
  refuse(
    `${missing} of ${steps} steps between the first and the last value have none, so that a forecast would rest on what nobody measured. Choose a longer step ("every"), or a part without gaps.`,
    `从第一个值到最后一个值共 ${steps} 步，其中 ${missing} 步没有数据，预测将建立在未测量的值上。请选择更长的步长（"every"）或没有缺口的区间。`,
  );

export const unknownColumn = (name: string, known: string[]) =>
  refuse(
    `There is no column "${name}"; the columns are ${known.slice(0, 40).join(', ')}.`,
    `没有列“${name}”；现有的列：${known.slice(0, 40).join('、')}。`,
  );

export const columnOfWords = (name: string, type: string) =>
  refuse(
    `The column "${name}" (${type}) holds no numbers. Choose a column of numbers, or change its type.`,
    `列“${name}”（${type}）不是数字。请选择数字列，或更改其类型。`,
  );

export const columnWithoutTime = (name: string, type: string) =>
  refuse(
    `The column "${name}" (${type}) holds neither times nor numbers, so its rows have no order.`,
    `列“${name}”（${type}）既不是时间也不是数字，无法排序。`,
  );

export const withoutNumbers = () => refuse('None of the columns holds numbers.', '没有任何列是数字。');

export const stepNeedsTime = () => refuse('"every" needs a column of times.', '"every" 需要时间列。');

export const tooManyPoints = () =>
  refuse(`A series has ${mostPoints} values at most.`, `一个序列最多 ${mostPoints} 个值。`);

export const sameAverages = () =>
  refuse('The fast average of MACD is shorter than the slow one.', 'MACD 的快线周期须短于慢线周期。');
