import type { LocalizedText } from './localized-text.ts';

/** What the parameters of tools for sums, forms, pages, tables and charts are; the English is what their schemas tell to models. */
export const dataParameterWords: readonly LocalizedText[] = [
  {
    en: 'The expression, with numbers and operators only, e.g. "(1250.75 - 3%) * 12" or "sqrt(2) / 3". No variables, no units.',
    zh: '算式，只含数字和运算符，例如“(1250.75 - 3%) * 12”或“sqrt(2) / 3”。不能有变量和单位。',
  },
  {
    en: 'now: the current time. convert: a time into another zone. difference: from time to until. add: a duration to a time.',
    zh: 'now：当前时间；convert：把时间换算到另一时区；difference：从 time 到 until 相差多久；add：给时间加上一段时长。',
  },
  {
    en: 'IANA time zone, city or offset in which times without an offset are read and shown, e.g. "Asia/Shanghai".',
    zh: 'IANA 时区、城市或 UTC 偏移，未带偏移的时间按它读取和显示，例如“Asia/Shanghai”。',
  },
  { en: 'For convert: the zone to show the time in.', zh: '用于 convert：换算到的时区。' },
  {
    en: 'The time, e.g. "2026-03-29T14:30", "2026-03-29", Unix seconds, "now" or "today". Now when left out.',
    zh: '时间，例如“2026-03-29T14:30”、“2026-03-29”、Unix 秒数、“now”或“today”。不填则为现在。',
  },
  { en: 'For difference: the end, written like time.', zh: '用于 difference：结束时间，写法与 time 相同。' },
  { en: 'For add: what to add; negative numbers go back.', zh: '用于 add：要加上的时长；负数表示往回推。' },
  { en: 'What the form is about.', zh: '表单的主题。' },
  { en: 'Why these values are needed, in one or two sentences.', zh: '为什么需要这些内容，用一两句话说明。' },
  { en: 'Name of the value in the answer, such as "startDate".', zh: '此值在回答中的名称，例如“startDate”。' },
  { en: 'What the person reads beside the field.', zh: '字段旁向用户显示的文字。' },
  { en: 'A line below the field that says how to fill it in.', zh: '字段下方的一行填写说明。' },
  { en: 'False when the person may leave it empty.', zh: '用户可以留空时为 false。' },
  { en: 'Characters, at least.', zh: '最少字符数。' },
  { en: 'Characters, at most.', zh: '最多字符数。' },
  { en: 'The smallest number.', zh: '最小的数。' },
  { en: 'The largest number.', zh: '最大的数。' },
  { en: 'True when only whole numbers make sense.', zh: '只接受整数时为 true。' },
  { en: 'What can be chosen.', zh: '可以选择的内容。' },
  { en: 'How many to choose, at least.', zh: '至少选几项。' },
  { en: 'How many to choose, at most.', zh: '最多选几项。' },
  { en: 'The earliest date, as 2026-01-31.', zh: '最早的日期，写作 2026-01-31。' },
  { en: 'The latest date, as 2026-01-31.', zh: '最晚的日期，写作 2026-01-31。' },
  { en: 'The fields, at most 12.', zh: '字段，最多 12 个。' },
  {
    en: 'The full address of the page, e.g. "https://example.org/article".',
    zh: '网页的完整网址，例如“https://example.org/article”。',
  },
  {
    en: 'Where in the text to start, in characters: nextStart of an earlier call, to read on.',
    zh: '从正文的第几个字符开始；要接着读，填上次调用返回的 nextStart。',
  },
  { en: 'How much text to return at most.', zh: '最多返回多少个字符的正文。' },
  {
    en: 'Plain JavaScript (ES2023); the value of the last expression is the result. files: the attached files, each with name, text, csv() (rows as objects, numbers as numbers) and json(), also by name: files["sales.csv"].csv(). results: outputs of earlier tool calls of this run, as { call, tool, output }; results.byTool("time") lists outputs. parseCsv(text), print(...), table(rows, { title }) shows rows and keeps them as a CSV file, chart({ title, kind, data, x, y }) or chart(vegaLiteSpecification) draws. No network, no modules, no timers, no return outside of functions.',
    zh: '纯 JavaScript（ES2023）；最后一个表达式的值就是结果。files 是附件，每个都有 name、text、csv()（行为对象，数字为数值）和 json()，也可按名称取用：files["sales.csv"].csv()。results 是本次运行中此前工具调用的结果，形如 { call, tool, output }；results.byTool("time") 列出某个工具的结果。另有 parseCsv(text)、print(...)；table(rows, { title }) 显示数据行并存为 CSV 文件；chart({ title, kind, data, x, y }) 或 chart(vegaLiteSpecification) 绘制图表。没有网络、模块和定时器，函数之外不能用 return。',
  },
  {
    en: 'The name of one table, to see what is in it: ranges, values, samples. Leave it out to list all.',
    zh: '一张数据表的名称，用于查看其内容：取值范围、取值和样例。不填则列出全部。',
  },
  {
    en: 'What the query is about, in the words of its name or description. Leave it out to list all.',
    zh: '查询的内容，用其名称或说明中的词。不填则列出全部。',
  },
  {
    en: "'duckdb' reads the tables of list-tables. 'dune' reads Dune's own tables at Dune, in Trino's SQL, with the person's key and at the cost of its credits: only when the person asks for Dune, and they are asked before it runs. Those tables are in no list here.",
    zh: 'duckdb 读取 list-tables 列出的数据表。dune 使用 Trino 的 SQL，在 Dune 上读取 Dune 自己的数据表，使用用户的密钥并消耗其额度：仅在用户要求使用 Dune 时选用，运行前会先询问用户。这些数据表不会在此列出。',
  },
  {
    en: 'One SELECT statement of the engine. Aggregate and limit in it rather than reading many rows.',
    zh: '所选引擎的一条 SELECT 语句。尽量在其中聚合并限制行数，不要读取大量数据行。',
  },
  {
    en: 'Values for {{name}} in the SQL. Put what the person or a table said here, not into the SQL.',
    zh: 'SQL 中 {{name}} 的值。来自用户或数据表的内容应填在这里，而不要写进 SQL。',
  },
  { en: 'How many rows you want to see.', zh: '想看多少行。' },
  {
    en: 'Only for a query that was refused as too heavy and cannot be narrowed: the person is asked before it runs.',
    zh: '仅用于因读取过多而被拒绝、又无法缩小范围的查询：运行前会先询问用户。',
  },
  {
    en: 'The person wants all rows as a file (CSV), also where they are few.',
    zh: '用户需要把全部数据行存为文件（CSV），即使行数不多。',
  },
  { en: 'Draws the result for the person, with all its rows.', zh: '为用户绘制结果图表，包含全部数据行。' },
  { en: 'The column for the horizontal axis, or for the slices of a pie.', zh: '用作横轴的列，或饼图各扇区的列。' },
  { en: 'The columns with numbers.', zh: '数值所在的列。' },
  { en: 'A column whose values split the rows into coloured series.', zh: '按其取值把数据行分成不同颜色系列的列。' },
  {
    en: 'A table, as list-tables names it; needless where there is only one.',
    zh: '数据表，名称与 list-tables 列出的一致；只有一张表时不必填。',
  },
  {
    en: 'Or one SELECT statement of DuckDB whose result is analysed.',
    zh: '或一条 DuckDB 的 SELECT 语句，分析其结果。',
  },
  {
    en: 'Or the series itself, in order: [{"day":"2026-01-01","price":12.5}, …].',
    zh: '或按顺序给出序列本身：[{"day":"2026-01-01","price":12.5}, …]。',
  },
  {
    en: 'Which column has the numbers; the first one that has, unless given.',
    zh: '数值所在的列；不填则取第一个数值列。',
  },
  {
    en: 'Which column has the moments; the first one that has, unless given.',
    zh: '时间所在的列；不填则取第一个时间列。',
  },
  {
    en: 'Rows of each such step become one value, where there are several.',
    zh: '时间步长：同一步内有多行时合并为一个值。',
  },
  {
    en: 'How values of one step become one: sum for amounts, last or mean for prices.',
    zh: '同一步内的多个值如何合并：数量用 sum，价格用 last 或 mean。',
  },
  { en: 'How many steps ahead; a season or 12 unless given.', zh: '向前预测多少步；不填则为一个季节周期或 12 步。' },
  {
    en: 'Steps of a season, where it is known; found unless given.',
    zh: '一个季节周期的步数，已知时填写；不填则自动识别。',
  },
  { en: 'Values of the simple moving average.', zh: '简单移动平均所用的值的个数。' },
  { en: 'Values of the exponential moving average.', zh: '指数移动平均所用的值的个数。' },
  { en: 'Values of RSI.', zh: 'RSI 所用的值的个数。' },
  { en: 'Of a year, as a part of one: 0.04 is 4 %.', zh: '年利率，以小数表示：0.04 即 4%。' },
  {
    en: 'Steps that make a year; by the series’ own step unless given.',
    zh: '一年包含的步数；不填则按序列自身的步长计算。',
  },
  { en: 'The title of the chart.', zh: '图表的标题。' },
  {
    en: 'bar to compare, line or area over time, point for two measures, pie for shares.',
    zh: 'bar 用于比较，line 或 area 看随时间的变化，point 看两个指标的关系，pie 看占比。',
  },
  {
    en: 'The rows, each a flat object, e.g. [{"month":"2026-01","users":120}].',
    zh: '数据行，每行是一个不嵌套的对象，例如 [{"month":"2026-01","users":120}]。',
  },
  {
    en: 'Instead of data: the "execution" that run-sql gave. Its rows are read from there; do not copy them.',
    zh: '代替 data：run-sql 返回的 execution。数据行从那里读取，无需复制。',
  },
  { en: 'The column with numbers; several make a series each.', zh: '数值所在的列；有多列时，每列成为一个系列。' },
  {
    en: 'Instead of data, x and y: a Vega-Lite specification with its data inline.',
    zh: '代替 data、x 和 y：内含数据的 Vega-Lite 图表定义。',
  },
  {
    en: 'The name of the dashboard; it is made where there is none of that name.',
    zh: '仪表板的名称；没有同名仪表板时会新建一个。',
  },
  { en: 'What stands above the widget.', zh: '组件上方的标题。' },
  {
    en: 'The "execution" that run-sql gave. Its SQL is kept, so that the widget stays new.',
    zh: 'run-sql 返回的 execution。其 SQL 会一并保存，使组件保持最新。',
  },
  {
    en: 'How it is shown: table, counter (one figure), or a kind of chart.',
    zh: '显示方式：table（表格）、counter（计数器，一个数字）或一种图表。',
  },
  { en: 'Of a chart: the column across.', zh: '用于图表：横轴所用的列。' },
  { en: 'Of a chart or counter: the columns with figures.', zh: '用于图表或计数器：数值所在的列。' },
  {
    en: 'Of a chart: a column whose values split the rows into series.',
    zh: '用于图表：按其取值把数据行分成不同系列的列。',
  },
  {
    en: 'What the image shows: subject, setting, style, light, colours. In the language that fits.',
    zh: '图片的内容：主体、场景、风格、光线、色彩。使用合适的语言书写。',
  },
  { en: 'Width x height: square, landscape or portrait.', zh: '宽 x 高：方形、横向或纵向。' },
  { en: 'A short title for the image.', zh: '图片的简短标题。' },
  {
    en: 'The whole task, with every fact that it needs: this agent sees nothing of the conversation.',
    zh: '完整的任务，包括所需的全部信息：该智能体看不到对话内容。',
  },
];
