import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

type CodeBlockProps = {
  code: string;
  /** What it is, for people and screen readers: a language or a title. */
  label: string;
  /** Breaks long lines instead of scrolling them. */
  wrap?: boolean;
  /** What can be done with it besides copying. */
  actions?: ReactNode;
  /** Stands below the code. */
  footer?: ReactNode;
  /** The code as it is drawn, when not as it is written. */
  children?: ReactNode;
};

/** Text for machines, set apart and easy to copy; long lines scroll inside. */
export function CodeBlock({ code, label, wrap = false, actions, footer, children }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1 pr-1 pl-4 text-xs text-ink-soft">
        <span className="min-w-0 truncate">{label}</span>
        <span className="flex items-center">
          {actions}
          <CopyButton text={code} variant="quiet" size="small" />
        </span>
      </figcaption>
      <ScrollRegion label={label}>
        <pre className={classNames('p-4 font-mono text-sm', wrap && 'break-all whitespace-pre-wrap')}>
          <code>{children ?? code}</code>
        </pre>
      </ScrollRegion>
      {footer && <div className="border-t border-line p-1">{footer}</div>}
    </figure>
  );
}
