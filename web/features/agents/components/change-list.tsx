import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { DefinitionChange } from '#server/contract/agent.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { diffLines } from '#web/features/agents/diff-lines.ts';
import { classNames } from '#web/lib/class-names.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';

type ChangeListProps = { changes: DefinitionChange[]; beforeLabel: string; afterLabel: string };

/** What differs between two definitions, place by place, line by line. */
export function ChangeList({ changes, beforeLabel, afterLabel }: ChangeListProps) {
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
          <ScrollRegion label={change.path} className="max-h-72">
            <pre className="py-1 font-mono text-xs leading-5 whitespace-pre-wrap">
              {diffLines(toText(change.before), toText(change.after)).map((line, index) =>
                line.text === '' && line.kind !== 'same' ? null : (
                  <ChangedLine
                    key={index}
                    kind={line.kind}
                    text={line.text}
                    beforeLabel={beforeLabel}
                    afterLabel={afterLabel}
                  />
                ),
              )}
            </pre>
          </ScrollRegion>
        </li>
      ))}
    </ul>
  );
}

const looks = { same: '', removed: 'bg-danger-soft text-danger', added: 'bg-success-soft text-success' };
const marks = { same: ' ', removed: '−', added: '+' };

function ChangedLine({
  kind,
  text,
  beforeLabel,
  afterLabel,
}: {
  kind: keyof typeof looks;
  text: string;
  beforeLabel: string;
  afterLabel: string;
}) {
  const label = { same: '', removed: `${beforeLabel}: `, added: `${afterLabel}: ` }[kind];
  return (
    <span className={classNames('block px-3 wrap-anywhere', looks[kind])}>
      <span aria-hidden>{marks[kind]} </span>
      <span className="sr-only">{label}</span>
      {text}
    </span>
  );
}

function toText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
