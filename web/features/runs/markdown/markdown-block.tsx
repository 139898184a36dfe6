import { memo, useMemo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { MarkdownCode } from './markdown-code.tsx';
import { MarkdownImage } from './markdown-image.tsx';
import { MarkdownLink } from './markdown-link.tsx';
import { MarkdownTable } from './markdown-table.tsx';
import { markSources } from './mark-sources.ts';

const components: Components = {
  a: ({ href, children }) => <MarkdownLink address={href}>{children}</MarkdownLink>,
  img: ({ src, alt }) => <MarkdownImage address={typeof src === 'string' ? src : undefined} alt={alt ?? ''} />,
  pre: ({ node }) => <MarkdownCode node={node} />,
  table: ({ children }) => <MarkdownTable>{children}</MarkdownTable>,
};

const rehypePlugins = [rehypeSanitize];
const keepAddress = (address: string) => address;

/** One block of Markdown; drawn again only when its own text or the known sources change. */
export const MarkdownBlock = memo(function MarkdownBlock({
  text,
  sourceNumbers,
  sourcePrefix,
}: {
  text: string;
  /** The known sources' numbers, joined by commas, so that an unchanged list is an equal value. */
  sourceNumbers: string;
  sourcePrefix: string;
}) {
  const remarkPlugins = useMemo(() => {
    const numbers = sourceNumbers === '' ? [] : sourceNumbers.split(',').map(Number);
    return [remarkGfm, () => markSources({ numbers, prefix: sourcePrefix })];
  }, [sourceNumbers, sourcePrefix]);
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={rehypePlugins}
      components={components}
      urlTransform={keepAddress}
    >
      {text}
    </ReactMarkdown>
  );
});
