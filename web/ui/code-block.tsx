import { classNames } from '#web/lib/class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

type CodeBlockProps = {
  code: string;
  /** What it is, for people and screen readers: a language or a title. */
  label: string;
  /** Breaks long lines instead of scrolling them. */
  wrap?: boolean;
};

/** Text for machines, set apart and easy to copy; long lines scroll inside. */
export function CodeBlock({ code, label, wrap = false }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-4 text-xs text-ink-soft">
        {label}
        <CopyButton text={code} variant="quiet" size="small" />
      </figcaption>
      <ScrollRegion label={label}>
        <pre className={classNames('p-4 font-mono text-sm', wrap && 'break-all whitespace-pre-wrap')}>
          <code>{code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}
