import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { GuardKind } from '#server/contract/guard.ts';
import { guardKinds, toNewGuard } from '#web/features/agents/guard-choices.ts';
import { Button } from '#web/ui/button.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { BuilderSection } from './builder-section.tsx';

/** Many agents have no guard. */
const GuardEditor = lazy(() => import('./guard-editor.tsx'));
const GuardTrial = lazy(() => import('./guard-trial.tsx'));

const mostGuards = 20;

/** What is checked before the model and after it, and a place to try it. */
export function SafetySection() {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'guards'>({ name: 'guards' });
  const [kind, setKind] = useState<GuardKind>('personal-data');
  const guards = field.value;
  return (
    <BuilderSection name="guards">
      {guards.length === 0 && <p className="text-sm text-ink-soft">{t('guards.none')}</p>}
      <Suspense fallback={<SkeletonList rows={guards.length} />}>
        {guards.map((guard, index) => (
          <GuardEditor
            key={`${guard.kind} ${index}`}
            index={index}
            guard={guard}
            onChange={(next) => field.onChange(guards.map((other, at) => (at === index ? next : other)))}
            onRemove={() => removeInPlace(() => field.onChange(guards.filter((_, at) => at !== index)))}
          />
        ))}
      </Suspense>
      {guards.length < mostGuards && (
        <div className="flex flex-wrap items-end gap-2">
          <SelectField
            className="min-w-0 flex-1 sm:max-w-xs"
            label={t('guards.kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value as GuardKind)}
            options={guardKinds.map((value) => ({ value, label: t(`guards.kinds.${value}`) }))}
          />
          <Button icon={<Plus aria-hidden />} onClick={() => field.onChange([...guards, toNewGuard(kind)])}>
            {t('guards.add')}
          </Button>
        </div>
      )}
      {guards.length > 0 && (
        <Suspense fallback={null}>
          <GuardTrial guards={guards} />
        </Suspense>
      )}
    </BuilderSection>
  );
}
