/**
 * The colours of a chart's look on paper, as the hub draws it. The page, which draws the same chart in its theme, knows
 * by them what stands for what.
 */
export const chartPalette = {
  ink: '#1c2330',
  quiet: '#5a6475',
  line: '#dfe3ea',
  paper: '#ffffff',
  /** Eight colours that stay apart for colour-blind readers and on paper. */
  series: ['#2f6fdb', '#e0752d', '#1f9d7a', '#b5428f', '#c49a12', '#6d5bd0', '#3aa4c4', '#7b8494'],
} as const;
