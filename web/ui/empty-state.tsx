import type { ReactNode } from 'react';

type EmptyStateProps = {
  title: string;
  icon?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
  /** 1 where it is all that the page has. */
  level?: 1 | 2;
};

/** What stands where nothing is yet: what could be here, and how to begin. */
export function EmptyState({ title, icon, action, children, level = 2 }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-12 text-center">
      {icon && (
        <div
          aria-hidden
          className="grid h-20 w-16 place-items-center rounded-(--radius-arch) border border-line bg-sunken text-accent [&_svg]:size-7"
        >
          {icon}
        </div>
      )}
      <Heading className="font-display text-xl">{title}</Heading>
      {children && <div className="text-balance text-ink-soft">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
