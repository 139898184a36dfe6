/** The words of an exported conversation. */
export const exportWords = {
  en: {
    untitled: 'Conversation',
    person: 'You',
    with: 'With',
    begun: 'Begun',
    data: 'Data that came with it',
    files: 'Files',
    steps: (count: number) => (count === 1 ? '1 step' : `${count} steps`),
    input: 'Input',
    output: 'Output',
    failed: 'failed',
    made: 'Made',
    sources: 'Sources',
    unfinished: 'This answer was not finished.',
  },
  zh: {
    untitled: '对话',
    person: '您',
    with: '智能体',
    begun: '开始于',
    data: '随附的数据',
    files: '文件',
    steps: (count: number) => `${count} 个步骤`,
    input: '输入',
    output: '输出',
    failed: '失败',
    made: '生成内容',
    sources: '来源',
    unfinished: '此回答未完成。',
  },
};
export type ExportWords = (typeof exportWords)['en'];
