import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { DefinitionChange } from '#server/contract/agent.ts';
import type { JsonValue } from '#server/contract/json.ts';
import { toPlaceWords, toValueWords } from '#web/features/agents/to-place-words.ts';
import { useLanguageNames } from '#web/features/agents/use-language-names.ts';
import { gatherToolChanges } from '#web/features/agents/gather-tool-changes.ts';
import { useToolText } from '#web/features/agents/use-tool-text.ts';
import { toChoiceText } from '#web/features/tools/schema-fields.ts';
import { useToolTitle } from '#web/lib/use-tool-title.ts';
import { TextDiff } from '#web/ui/text-diff.tsx';

type ChangeListProps = { changes: DefinitionChange[]; beforeLabel: string; afterLabel: string };

/** What differs between two definitions, place by place, line by line; tools in words. */
export function ChangeList({ changes, ...labels }: ChangeListProps) {
  const { t, language } = useTranslation('agents');
  const toTitle = useToolTitle();
  const toToolText = useToolText();
  const toLanguage = useLanguageNames(language);
  if (changes.length === 0) return <p className="text-ink-soft">{t('changes.none')}</p>;
  return (
    <ul className="grid gap-3">
      {gatherToolChanges(changes).map((change) => {
        if ('id' in change) {
          const { id, before, after } = change;
          return (
            <Change key={`tools.${id}`} section="tools" place={toTitle(id)}>
              <TextDiff label={toTitle(id)} before={toToolText(id, before)} after={toToolText(id, after)} {...labels} />
            </Change>
          );
        }
        const { path, before, after } = change;
        const place = toPlaceWords(path, toLanguage, t);
        const toText = (value: JsonValue | undefined) =>
          path === 'tools' ? toTitles(value, toTitle) : (toValueWords(path, value, t) ?? toJsonText(value));
        return (
          <Change key={path} section={path.split('.')[0] ?? ''} place={<span className="text-ink-faint">{place}</span>}>
            <TextDiff
              label={place === '' ? t(`section.${path}`) : place}
              before={toText(before)}
              after={toText(after)}
              {...labels}
            />
          </Change>
        );
      })}
    </ul>
  );
}

function Change({ section, place, children }: { section: string; place: ReactNode; children: ReactNode }) {
  const { t } = useTranslation('agents');
  return (
    <li className="min-w-0 overflow-hidden rounded-md border border-line">
      <h4 className="flex flex-wrap items-baseline gap-2 border-b border-line bg-sunken px-3 py-1.5 text-sm">
        <span className="font-medium">{t(`section.${section}`)}</span>
        <span className="min-w-0 wrap-anywhere">{place}</span>
      </h4>
      {children}
    </li>
  );
}

function toJsonText(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** Tools in another order. */
function toTitles(ids: JsonValue | undefined, toTitle: (id: string) => string): string {
  return Array.isArray(ids) ? ids.map((id) => toTitle(toChoiceText(id))).join('\n') : toJsonText(ids);
}
