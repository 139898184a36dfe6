import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { type Guard, GuardSide, type GuardVerdict } from '#server/contract/guard.ts';
import { checkGuards } from '#web/features/agents/api/check-guards.ts';
import { Button } from '#web/ui/button.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

/** A text to try the guards on; nothing of it is stored. */
export default function GuardTrial({ guards }: { guards: Guard[] }) {
  const { t } = useTranslation('agents');
  const [text, setText] = useState('');
  const [side, setSide] = useState<GuardSide>('input');
  const trial = useMutation({ mutationFn: () => checkGuards({ guards, text, side }) });
  const forget = () => trial.reset();
  return (
    <div
      role="group"
      aria-label={t('guards.try')}
      className="grid gap-3 rounded-md border border-dashed border-line p-3"
    >
      <TextArea
        label={t('guards.try')}
        hint={t('guards.tryHint')}
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          forget();
        }}
      />
      <div className="flex flex-wrap items-end justify-between gap-3">
        <SelectField
          label={t('guards.when')}
          value={side}
          onChange={({ target }) => {
            setSide(GuardSide.parse(target.value));
            forget();
          }}
          options={GuardSide.options.map((value) => ({ value, label: t(`guards.sides.${value}`) }))}
        />
        <Button size="small" busy={trial.isPending} disabled={text === ''} onClick={() => trial.mutate()}>
          {t('guards.check')}
        </Button>
      </div>
      <div aria-live="polite" className="grid gap-3">
        {trial.isError && <ErrorPanel error={trial.error} />}
        {trial.data && <Verdict verdict={trial.data} />}
      </div>
    </div>
  );
}

function Verdict({ verdict: { isRefused, text, findings } }: { verdict: GuardVerdict }) {
  const { t } = useTranslation('agents');
  const list = findings.map(({ guard, what, count }) => {
    const names = what.map((name) => t(`guards.what.${name}`, { defaultValue: name })).join(t('guards.and'));
    return `${t(`guards.kinds.${guard}`, { defaultValue: guard })}: ${names} (${count})`;
  });
  if (isRefused) {
    return (
      <Notice tone="danger" title={t('guards.refused')}>
        {list.join('; ')}
      </Notice>
    );
  }
  if (findings.length === 0) return <Notice tone="success" title={t('guards.passes')} />;
  return (
    <Notice tone="warning" title={t('guards.masked')}>
      <p>{list.join('; ')}</p>
      <p className="mt-1 font-mono text-sm break-words whitespace-pre-wrap">{text}</p>
    </Notice>
  );
}
