import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { DefinitionChange } from '#server/contract/agent.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { TextDiff } from '#web/ui/text-diff.tsx';

type ChangeListProps = { changes: DefinitionChange[]; beforeLabel: string; afterLabel: string };

/** What differs between two definitions, place by place, line by line. */
export function ChangeList({ changes, ...labels }: ChangeListProps) {
  const { t } = useTranslation('agents');
  if (changes.length === 0) return <p className="text-ink-soft">{t('changes.none')}</p>;
  return (
    <ul className="grid gap-3">
      {changes.map((change) => (
        <li key={change.path} className="min-w-0 overflow-hidden rounded-md border border-line">
          <h4 className="flex flex-wrap items-baseline gap-2 border-b border-line bg-sunken px-3 py-1.5 text-sm">
            <span className="font-medium">{t(`section.${change.path.split('.')[0] ?? ''}`)}</span>
            <code className="font-mono text-xs text-ink-faint">{change.path}</code>
          </h4>
          <TextDiff label={change.path} before={toText(change.before)} after={toText(change.after)} {...labels} />
        </li>
      ))}
    </ul>
  );
}

function toText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
