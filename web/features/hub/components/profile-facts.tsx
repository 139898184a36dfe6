import type { ReactNode } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link } from 'react-router';
import { findTranslation } from '#server/contract/agent-translation.ts';
import type { HubAgentDetail } from '#server/contract/hub.ts';
import type { HubPaths } from '#web/features/hub/hub-paths.ts';
import { useFormat } from '#web/lib/format.ts';
import { useLocalized } from '#web/lib/use-localized.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Card } from '#web/ui/card.tsx';

/** Beside an agent: what it uses, what one may do with it, where it comes from, and how it changed. */
export function ProfileFacts({ agent, paths }: { agent: HubAgentDetail; paths: HubPaths }) {
  const { t, language } = useTranslation('hub');
  const format = useFormat();
  const { data, origin } = agent;
  const tags = toShownTags(agent, language);
  return (
    <div className="grid min-w-0 content-start gap-4">
      <Facts title={t('facts.tools')}>
        <Tools tools={agent.tools} />
      </Facts>
      <Facts title={t('facts.data')}>
        <ul className="grid gap-2 text-sm">
          <li>{t(`facts.memory.${data.memory}`)}</li>
          <li>
            {data.models.length === 0 ? t('facts.anyModel') : t('facts.models', { models: data.models.join(', ') })}
          </li>
          {data.guards.length > 0 && <li>{t('facts.guards', { count: data.guards.length })}</li>}
        </ul>
      </Facts>
      <Facts title={t('facts.licence')}>
        <p className="text-sm">{t(`licence.${agent.licence}`)}</p>
        {origin && (
          <p className="text-sm">
            {t('facts.origin')}{' '}
            <Link className="text-link" to={paths.agent(origin.handle)}>
              {origin.name}
            </Link>
            {origin.version !== null && ` · ${t('facts.version', { version: origin.version })}`}
          </p>
        )}
        {agent.isRemix && origin === null && <p className="text-sm">{t('facts.hiddenOrigin')}</p>}
        {agent.remixes > 0 && <p className="text-sm text-ink-soft">{t('facts.remixes', { count: agent.remixes })}</p>}
      </Facts>
      {tags.length > 0 && (
        <Facts title={t('facts.tags')}>
          <ul className="flex flex-wrap gap-2">
            {tags.map(({ tag, shown }) => (
              <li key={shown}>
                <Link className="text-link text-sm" to={`${paths.front}?tag=${encodeURIComponent(tag)}`}>
                  {shown}
                </Link>
              </li>
            ))}
          </ul>
        </Facts>
      )}
      <Facts title={t('facts.versions')}>
        <ol className="grid gap-3 text-sm">
          {agent.versions.map(({ version, note, createdAt }) => (
            <li key={version} className="grid">
              <span className="text-ink-faint">
                {t('facts.version', { version })} · {format.date(createdAt)}
              </span>
              {note !== '' && <span className="wrap-anywhere whitespace-pre-line">{note}</span>}
            </li>
          ))}
        </ol>
      </Facts>
    </div>
  );
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="grid gap-3 p-4! sm:p-5!">
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </Card>
  );
}

/** Tags in the page's language, each once, with the agent's own, by which agents are found. */
function toShownTags({ tags, translations }: HubAgentDetail, language: string): { tag: string; shown: string }[] {
  const texts = findTranslation(translations, language);
  const all = tags.map((tag, place) => ({ tag, shown: texts?.tags[place] ?? tag }));
  return all.filter(({ shown }, place) => all.findIndex((other) => other.shown === shown) === place);
}

function Tools({ tools }: Pick<HubAgentDetail, 'tools'>) {
  const { t } = useTranslation('hub');
  const localize = useLocalized();
  if (tools.length === 0) return <p className="text-sm text-ink-soft">{t('facts.noTools')}</p>;
  return (
    <ul className="grid gap-3 text-sm">
      {tools.map(({ id, title, description, effect }) => (
        <li key={id} className="grid gap-0.5">
          <span className="flex flex-wrap items-center gap-2 font-medium wrap-anywhere">
            {localize(title)}
            {effect === 'write' && <Badge tone="warning">{t('facts.writes')}</Badge>}
          </span>
          <span className="line-clamp-2 text-ink-soft">{localize(description)}</span>
        </li>
      ))}
    </ul>
  );
}
