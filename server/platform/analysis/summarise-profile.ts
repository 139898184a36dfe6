import type { ColumnProfile, ProfileReport } from '#server/contract/analysis.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import { sayPercent } from './say-figure.ts';

type Facts = Omit<ProfileReport, 'summary' | 'notes'>;
const mostNamed = 3;
const strong = 0.5;

/** What stands out of a profile, in words made by code of its figures. */
export function summariseProfile(facts: Facts): LocalizedText[] {
  const rows = Number(facts.overview.values['rows']);
  if (rows === 0) return [{ en: `${facts.source} has no rows.`, zh: `${facts.source} 没有任何行。` }];
  return [
    saySize(facts, rows),
    ...sayMissing(facts, rows),
    ...sayPlain(facts, rows),
    ...sayTimes(facts),
    ...sayOutliers(facts),
    ...sayCorrelations(facts),
  ];
}

const count = ({ counts }: ColumnProfile, name: string) => Number(counts.values[name] ?? 0);
const nameAll = (names: string[]) => ({
  en: names.map((name) => `“${name}”`).join(', '),
  zh: names.map((name) => `“${name}”`).join('、'),
});

function saySize({ source, columnNames, columns, overview }: Facts, rows: number): LocalizedText {
  const duplicates = Number(overview.values['duplicates']);
  const of = (kind: ColumnProfile['class']) => columns.filter((column) => column.class === kind).length;
  return {
    en: `${source} has ${rows} rows and ${columnNames.length} columns (${of('number')} of numbers, ${of('time')} of times, ${of('text')} of text); ${duplicates === 0 ? 'no row is there twice' : duplicates === 1 ? 'one row repeats one before' : `${duplicates} rows repeat one before`}.`,
    zh: `${source} 共 ${rows} 行、${columnNames.length} 列（数字 ${of('number')} 列，时间 ${of('time')} 列，文本 ${of('text')} 列）；${duplicates === 0 ? '没有重复行' : `有 ${duplicates} 行与之前的行重复`}。`,
  };
}

function sayMissing({ columns }: Facts, rows: number): LocalizedText[] {
  const lacking = columns
    .filter((column) => count(column, 'missing') > 0)
    .sort((one, other) => count(other, 'missing') - count(one, 'missing'));
  if (lacking.length === 0) return [{ en: 'No value is missing.', zh: '没有缺失值。' }];
  const said = lacking.slice(0, mostNamed).map((column) => {
    const missing = count(column, 'missing');
    return { name: column.name, share: `${missing} (${sayPercent(missing / rows)})` };
  });
  return [
    {
      en: `Values are missing in ${lacking.length} ${lacking.length === 1 ? 'column' : 'columns'}: ${said.map(({ name, share }) => `“${name}” ${share}`).join(', ')}${lacking.length > mostNamed ? ', …' : ''}.`,
      zh: `${lacking.length} 列有缺失值：${said.map(({ name, share }) => `“${name}” ${share}`).join('、')}${lacking.length > mostNamed ? ' 等' : ''}。`,
    },
  ];
}

function sayPlain({ columns }: Facts, rows: number): LocalizedText[] {
  const constant = columns.filter((column) => count(column, 'distinct') === 1).map(({ name }) => name);
  const unique = columns.filter((column) => count(column, 'distinct') === rows && rows > 1).map(({ name }) => name);
  return [
    ...(constant.length === 0
      ? []
      : [{ en: `Always the same: ${nameAll(constant).en}.`, zh: `取值始终相同：${nameAll(constant).zh}。` }]),
    ...(unique.length === 0
      ? []
      : [{ en: `Different in each row: ${nameAll(unique).en}.`, zh: `每行都不同：${nameAll(unique).zh}。` }]),
  ];
}

function sayTimes({ columns }: Facts): LocalizedText[] {
  return columns.flatMap(({ class: kind, name, figures, gaps }) => {
    if (kind !== 'time' || figures === null) return [];
    const { minimum, maximum } = figures.values;
    const found = Number(gaps?.values['gaps'] ?? 0);
    const days = (Number(gaps?.values['longest'] ?? 0) / 86_400).toPrecision(3);
    return [
      {
        en: `“${name}” goes from ${minimum} to ${maximum}${found === 0 ? '' : `, with ${found} ${found === 1 ? 'gap' : 'gaps'}, the longest of ${Number(days)} days after ${gaps?.values['after']}`}.`,
        zh: `“${name}” 从 ${minimum} 到 ${maximum}${found === 0 ? '' : `，有 ${found} 处缺口，最长 ${Number(days)} 天，始于 ${gaps?.values['after']}`}。`,
      },
    ];
  });
}

function sayOutliers({ columns }: Facts): LocalizedText[] {
  const found = columns
    .map(({ name, outliers }) => ({ name, outside: Number(outliers?.quartiles?.figures.values['count'] ?? 0) }))
    .filter(({ outside }) => outside > 0)
    .sort((one, other) => other.outside - one.outside)
    .slice(0, mostNamed);
  if (found.length === 0) return [];
  return [
    {
      en: `Outliers by the quartiles: ${found.map(({ name, outside }) => `“${name}” ${outside}`).join(', ')}.`,
      zh: `按四分位法的离群值：${found.map(({ name, outside }) => `“${name}” ${outside} 个`).join('、')}。`,
    },
  ];
}

function sayCorrelations({ correlations }: Facts): LocalizedText[] {
  const found = correlations
    .map(({ one, other, figures: { values } }) => ({ one, other, value: Number(values['pearson'] ?? 0) }))
    .filter(({ value }) => Math.abs(value) >= strong)
    .sort((one, other) => Math.abs(other.value) - Math.abs(one.value))
    .slice(0, mostNamed);
  if (found.length === 0) return [];
  return [
    {
      en: `Columns that go together (Pearson): ${found.map(({ one, other, value }) => `“${one}” and “${other}” ${value.toFixed(2)}`).join(', ')}. That one causes the other does not follow.`,
      zh: `相关的列（Pearson）：${found.map(({ one, other, value }) => `“${one}”与“${other}” ${value.toFixed(2)}`).join('、')}。相关不等于因果。`,
    },
  ];
}
