import { usualAlertQuestion } from '#server/contract/alert-question.ts';
import type { AlertFacts } from '#server/contract/alert.ts';
import { toSourceLine } from '#server/contract/data-blocks.ts';
import { toChainName } from '#server/contract/to-chain-name.ts';
import type { AlertRecord } from './alert-record.ts';
import { toMarks, toSources } from './to-sources.ts';

type Language = 'en' | 'zh';

const words = {
  en: {
    withdrawn: 'Withdrawn: the chain was reorganised, and the block of this alert is no part of it any more.',
    test: 'A try, asked for by you.',
    fact: 'Fact',
    value: 'Value',
    figure: 'Figure',
    previous: 'Before',
    chain: 'Chain',
    block: 'Block',
    hash: 'Block hash',
    time: 'Time',
    transaction: 'Transaction',
    execution: 'Execution',
    explorer: 'Explorer',
  },
  zh: {
    withdrawn: '已撤回：链发生了重组，此提醒所在的区块已不在链上。',
    test: '这是您触发的试运行。',
    fact: '项目',
    value: '值',
    figure: '数值',
    previous: '之前',
    chain: '链',
    block: '区块',
    hash: '区块哈希',
    time: '时间',
    transaction: '交易',
    execution: '执行记录',
    explorer: '浏览器',
  },
};

/**
 * Values that can be said in the agent's name. Others may be words of strangers, which later turns would take for the
 * agent's own; they stand on the page and in the posts.
 */
const isPlain = (value: string) => /^-?[\d.,]+$|^0x[0-9a-f]+$|^(?:true|false)$/i.test(value) && value.length <= 200;
const isPlainName = (name: string) => /^[\w ]{1,40}$/.test(name);

/** What is said of a firing in a conversation: a sentence, and the facts with where they were read. */
export function toMessage(
  facts: AlertFacts,
  { language, isGone, isTest }: { language: Language; isGone: boolean; isTest: boolean },
): string {
  const say = words[language];
  const { block } = facts;
  const rows: [string, string | null][] = [
    [say.figure, facts.value === null ? null : `${facts.value}${facts.unit === null ? '' : ` ${facts.unit}`}`],
    [say.previous, facts.previous],
    ...facts.fields
      .filter(({ name, value }) => isPlain(value) && isPlainName(name))
      .map(({ name, value }): [string, string] => [name, value.startsWith('0x') ? `\`${value}\`` : value]),
    [say.chain, block === null ? null : `${toChainName(block.chain, language)} (${block.chainId})`],
    [say.block, block === null ? null : `[${block.number}](${block.explorerUrl})`],
    [say.hash, block === null ? null : `\`${block.hash}\``],
    [say.time, block?.timestamp ?? null],
    [say.transaction, facts.transaction === null ? null : `\`${facts.transaction}\``],
    [say.explorer, facts.explorerUrl],
    [say.execution, facts.execution],
  ];
  const table = rows.flatMap(([name, value]) =>
    value === null ? [] : [`| ${name} | ${value.replaceAll('|', '\\|')} |`],
  );
  return [
    ...(isTest ? [`_${say.test}_`] : []),
    ...(isGone ? [`**${say.withdrawn}**`] : []),
    `${facts.summary[language]} ${toMarks(toSources(facts, language))}`.trimEnd(),
    ...facts.warnings.map((warning) => `_${warning[language]}_`),
    [`| ${say.fact} | ${say.value} |`, '| --- | --- |', ...table].join('\n'),
  ].join('\n\n');
}

/** What an agent is asked about a firing: its person's words, and the facts as data. */
export function toQuestion(
  facts: AlertFacts,
  {
    alert,
    isGone,
    markData,
  }: {
    alert: Pick<AlertRecord, 'name' | 'question' | 'language'>;
    isGone: boolean;
    markData: (text: string, origin: string) => string;
  },
): string {
  const { language, name, question } = alert;
  return [
    question === '' ? usualAlertQuestion[language] : question,
    ...(isGone ? [words[language].withdrawn] : []),
    toSources(facts, language)
      .map((source, place) => toSourceLine(place + 1, source))
      .join('\n'),
    markData(JSON.stringify(facts, null, 1), `alert "${name}"`),
  ].join('\n\n');
}
