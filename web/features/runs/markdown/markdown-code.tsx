import { useTranslation } from 'react-i18next';
import { CodeBlock } from '#web/ui/code-block.tsx';

type CodeNode = { type: string; value?: string; properties?: Record<string, unknown>; children?: CodeNode[] };

/** Code inside another block, such as a list. */
export function MarkdownCode({ node }: { node: unknown }) {
  const { t } = useTranslation('runs');
  const { language, text } = readCode(node as CodeNode | undefined);
  return <CodeBlock label={language || t('code')} code={text} />;
}

function readCode(node: CodeNode | undefined): { language: string; text: string } {
  const code = node?.children?.find(({ type }) => type === 'element');
  const classes = code?.properties?.['className'];
  const names = Array.isArray(classes) ? classes.map(String) : [];
  const language = names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '';
  return { language, text: (code?.children?.map(({ value }) => value ?? '').join('') ?? '').replace(/\n$/, '') };
}
