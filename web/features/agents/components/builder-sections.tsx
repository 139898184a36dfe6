import { memo, type MouseEvent, startTransition, useEffect, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { draftKeys } from '#web/features/agents/draft-changes.ts';
import { jumpToSection, toSectionId } from '#web/features/agents/jump-to-field.ts';
import { inTurn } from '#web/lib/in-turn.ts';
import { AccessSection } from './access-section.tsx';
import { BudgetSection } from './budget-section.tsx';
import { ContextSection } from './context-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { InstructionsSection } from './instructions-section.tsx';
import { MemorySection } from './memory-section.tsx';
import { ModelSection } from './model-section.tsx';
import { OpeningSection } from './opening-section.tsx';
import { OutputSection } from './output-section.tsx';
import { SafetySection } from './safety-section.tsx';
import { ToolsSection } from './tools-section.tsx';
import { TranslationsSection } from './translations-section.tsx';
import { VariablesSection } from './variables-section.tsx';

type BuilderSectionsProps = { stored: Agent; paths: Pick<AgentPaths, 'chat' | 'models' | 'toolsets'> };

/** The definition section by section, with a line of links to them. */
export const BuilderSections = memo(function BuilderSections({ stored, paths }: BuilderSectionsProps) {
  const { t } = useTranslation('agents');
  // The same elements, so that one more does not have the others drawn again.
  const later = useMemo(
    () => [
      <VariablesSection key="variables" />,
      <OpeningSection key="opening" />,
      <TranslationsSection key="translations" />,
      <ModelSection key="model" settingsAddress={paths.models} />,
      <ToolsSection key="tools" paths={paths} />,
      <OutputSection key="output" />,
      <SafetySection key="safety" />,
      <ContextSection key="context" />,
      <MemorySection key="memory" />,
      <AccessSection key="access" />,
      <BudgetSection key="budget" />,
    ],
    [paths],
  );
  // The first view shows two; an address may lead to a later one.
  const [drawn, setDrawn] = useState(() =>
    typeof window !== 'undefined' && window.location.hash !== '' ? later.length : 0,
  );
  const isWhole = drawn >= later.length;
  useEffect(() => (isWhole ? undefined : inTurn(() => setDrawn(drawn + 1))), [drawn, isWhole]);
  // A link leads nowhere before its section is there.
  const [awaited, setAwaited] = useState<string | null>(null);
  const go = (event: MouseEvent, id: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // By the router the page would be drawn anew, and the way back would lead from section to section.
    window.history.replaceState(window.history.state, '', `#${id}`);
    if (isWhole) jumpToSection(id);
    else
      startTransition(() => {
        setAwaited(id);
        setDrawn(later.length);
      });
  };
  useEffect(() => {
    if (isWhole && awaited !== null) jumpToSection(awaited);
  }, [isWhole, awaited]);
  return (
    <>
      <nav
        aria-label={t('builder.sections')}
        className="-mx-4 flex gap-1 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0"
      >
        {draftKeys.map((key) => (
          <a
            key={key}
            href={`#${toSectionId(key)}`}
            onClick={(event) => go(event, toSectionId(key))}
            className="shrink-0 rounded-full border border-line bg-surface px-3 py-1 text-sm text-ink-soft hover:border-accent hover:text-ink"
          >
            {t(`section.${key}`)}
          </a>
        ))}
      </nav>
      <IdentitySection stored={stored} modelsAddress={paths.models} />
      <InstructionsSection agent={stored.id} modelsAddress={paths.models} />
      {later.slice(0, drawn)}
    </>
  );
});
