import { Role } from '#server/contract/account.ts';
import type { ActDetail } from '#server/contract/audit.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** What was set, in a line of names and values, with what stood there before. */
export function ActDetailLine({ detail, before }: { detail: ActDetail; before: ActDetail }) {
  const { t, language } = useTranslation('audit', 'keys');
  const format = useFormat();
  const show = (name: string, value: ActDetail[string]) => {
    if (value === null || value === '') return t('none');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return name.endsWith('Usd') ? format.priceUsd(value) : format.number(value);
    // A scope that is no more keeps its own name.
    const toScope = (scope: string) => t(`keys:scope.${scope.replace(':', '-')}.name`, { defaultValue: scope });
    if (name === 'scopes') return new Intl.ListFormat(language).format(value.split(', ').map(toScope));
    if (name === 'role' && Role.safeParse(value).success) return t(`role.${value}`);
    return ['outcome', 'sharedAgents', 'state', 'unit'].includes(name)
      ? t(`outcome.${value}`, { defaultValue: value })
      : value;
  };
  const say = (name: string, value: ActDetail[string] | undefined) =>
    value === undefined ? t('none') : show(name, value);
  const members = [...new Set([...Object.keys(detail), ...Object.keys(before)])].map((name) => {
    const now = say(name, detail[name]);
    const value = Object.hasOwn(before, name) ? t('change', { before: say(name, before[name]), now }) : now;
    return t('member', { name: t(`detail.${name}`), value });
  });
  if (members.length === 0) return null;
  return <span className="text-xs font-normal wrap-anywhere text-ink-faint">{members.join(' · ')}</span>;
}
