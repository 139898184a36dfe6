import { Plus } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { UnknownMark } from '#web/features/agents/find-unknown-marks.ts';
import { Button } from '#web/ui/button.tsx';

/** What the instructions name and the agent does not have, with the step that mends it. */
export function UnknownMarks({ unknown, onAdd }: { unknown: UnknownMark[]; onAdd: (mark: UnknownMark) => void }) {
  const { t } = useTranslation('agents');
  return (
    <div role="status">
      <ul aria-label={t('instructions.unknown')} className="grid gap-1 text-sm empty:hidden">
        {unknown.map((mark) => (
          <li key={`${mark.kind} ${mark.name}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="min-w-0 text-warning wrap-anywhere">{t(toReason(mark), { name: toText(mark) })}</span>
            {mark.canBeAdded && (
              <Button size="small" icon={<Plus aria-hidden />} onClick={() => onAdd(mark)}>
                {t('instructions.add', { name: toText(mark) })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const toText = ({ kind, name }: UnknownMark) => (kind === 'variable' ? `{{${name}}}` : `/${name}`);

function toReason({ kind, canBeAdded }: UnknownMark) {
  if (kind === 'variable') return 'instructions.noVariable';
  return canBeAdded ? 'instructions.toolNotAdded' : 'instructions.noTool';
}
