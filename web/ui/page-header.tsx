import type { ReactNode } from 'react';
import { useDocumentTitle } from '#web/lib/use-document-title.ts';

type PageHeaderProps = { title: string; description?: ReactNode; actions?: ReactNode };

/** The page's one first heading, which also names the browser's tab. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  useDocumentTitle(title);
  return (
    <header className="mb-8 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <div className="grid min-w-0 max-w-prose flex-1 basis-72 gap-2">
        <h1 className="font-display text-2xl tracking-tight">{title}</h1>
        {description && <p className="text-ink-soft">{description}</p>}
      </div>
      {actions && (
        <div data-commands className="flex flex-wrap gap-2">
          {actions}
        </div>
      )}
    </header>
  );
}
