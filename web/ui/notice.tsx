import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#web/lib/class-names.ts';

const looks = {
  neutral: { icon: Info, look: 'border-line bg-sunken', mark: 'text-ink-soft' },
  success: { icon: CircleCheck, look: 'border-success/40 bg-success-soft', mark: 'text-success' },
  warning: { icon: TriangleAlert, look: 'border-warning/40 bg-warning-soft', mark: 'text-warning' },
  danger: { icon: CircleAlert, look: 'border-danger/40 bg-danger-soft', mark: 'text-danger' },
};

type NoticeProps = { tone?: keyof typeof looks; title?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** Something to know about what stands around it; not announced by itself. */
export function Notice({ tone = 'neutral', title, actions, children }: NoticeProps) {
  const { icon: Icon, look, mark } = looks[tone];
  return (
    <div className={classNames('flex min-w-0 gap-3 rounded-md border p-4 text-sm', look)}>
      <Icon aria-hidden className={classNames('mt-0.5 size-5 shrink-0', mark)} />
      <div className="grid min-w-0 flex-1 gap-1">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="min-w-0 text-ink-soft">{children}</div>}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
