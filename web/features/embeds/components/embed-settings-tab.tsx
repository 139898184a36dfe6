import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FieldErrors, useController, useForm } from 'react-hook-form';
import type { Agent } from '#server/contract/agent.ts';
import { type AgentEmbed, EmbedColor, EmbedSettings } from '#server/contract/embed.ts';
import { embedSettingsQuery, setEmbedSettings } from '#web/features/embeds/api/embed-settings.ts';
import { toFrameCode, toScriptCode } from '#web/features/embeds/to-embed-code.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useFormat } from '#web/lib/format.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { toNumber } from '#web/lib/to-number.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Form } from '#web/ui/form.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { SwitchField } from '#web/ui/switch-field.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { showToast } from '#web/ui/toast-store.ts';

type EmbeddedAgent = Pick<Agent, 'handle' | 'name'>;

/** Whether and where sites may show an agent, what that may cost, and the code that they put in. */
export function EmbedSettingsTab({ agent }: { agent: EmbeddedAgent }) {
  const { data, error, refetch } = useQuery(embedSettingsQuery(agent.handle));
  if (error) return <ErrorPanel error={error} onRetry={refetch} />;
  if (!data) return <SkeletonList rows={3} rowClassName="h-16 w-full" />;
  return <EmbedForm agent={agent} embed={data} />;
}

/** The sites as lines of one field. */
const toInput = (values: EmbedSettings) => ({
  ...values,
  origins: values.origins.map((line) => line.trim()).filter((line) => line !== ''),
});

function EmbedForm({ agent, embed }: { agent: EmbeddedAgent; embed: AgentEmbed }) {
  const { t } = useTranslation('embeds');
  const cache = useQueryClient();
  const { isShared, used, renewsAt, ...settings } = embed;
  const form = useForm({ resolver: formResolver(EmbedSettings, toInput), defaultValues: settings });
  const { submit, busy, error } = useSubmit(form, {
    send: (values: EmbedSettings) => setEmbedSettings(agent.handle, values),
    onDone: (saved) => {
      const { isShared: _, used: __, renewsAt: ___, ...stored } = saved;
      cache.setQueryData(embedSettingsQuery(agent.handle).queryKey, saved);
      form.reset(stored);
      showToast({ title: t('settings.saved'), tone: 'success' });
    },
  });
  const { errors } = form.formState;
  const origins = useController({ control: form.control, name: 'origins' }).field;
  const color = form.watch('color');
  const shown = {
    hub: window.location.origin,
    handle: agent.handle,
    name: agent.name,
    color: EmbedColor.safeParse(color).data ?? null,
    position: form.watch('position'),
  };
  const toLimitError = (name: 'maximumUsdPerMonth' | 'maximumRunsPerMonth') =>
    errors[name]?.type === 'custom' ? t('settings.limitNeeded') : errors[name]?.message;
  return (
    <div className="grid min-w-0 gap-5">
      <div className="grid gap-1 text-sm text-ink-soft">
        <p>{t('settings.intro')}</p>
        <p>{t('settings.privacy')}</p>
      </div>
      {!isShared && <Notice tone="warning">{t('settings.notShared')}</Notice>}
      <Form onSubmit={submit} error={error}>
        <SwitchField label={t('settings.enabled')} hint={t('settings.enabledHint')} {...form.register('isEnabled')} />
        <TextArea
          label={t('settings.sites')}
          hint={t('settings.sitesHint')}
          placeholder="https://example.org"
          monospaced
          autoComplete="off"
          spellCheck={false}
          value={origins.value.join('\n')}
          onChange={(event) => origins.onChange(event.target.value.split('\n'))}
          onBlur={origins.onBlur}
          ref={origins.ref}
          error={toSitesError(errors, origins.value, t)}
        />
        <div className="field-row sm:grid-cols-3">
          <TextField
            label={t('settings.usd')}
            inputMode="decimal"
            autoComplete="off"
            {...form.register('maximumUsdPerMonth', { setValueAs: toNumber })}
            error={toLimitError('maximumUsdPerMonth')}
          />
          <TextField
            label={t('settings.runs')}
            inputMode="numeric"
            autoComplete="off"
            {...form.register('maximumRunsPerMonth', { setValueAs: toNumber })}
            error={toLimitError('maximumRunsPerMonth')}
          />
          <TextField
            label={t('settings.messages')}
            inputMode="numeric"
            autoComplete="off"
            {...form.register('maximumMessages', { setValueAs: toNumber })}
            error={errors.maximumMessages && t('settings.messagesWrong')}
          />
        </div>
        <p className="-mt-3 text-sm text-ink-faint">{t('settings.limitHint')}</p>
        <div className="field-row sm:grid-cols-2">
          <TextField
            label={t('settings.color')}
            hint={t('settings.colorHint')}
            optional
            placeholder="#0b6457"
            autoComplete="off"
            {...form.register('color', { setValueAs: (text: string | null) => text?.trim() || null })}
            error={errors.color && t('settings.colorWrong')}
          />
          <SelectField
            label={t('settings.position')}
            options={(['right', 'left'] as const).map((side) => ({ value: side, label: t(`settings.side.${side}`) }))}
            {...form.register('position')}
          />
        </div>
        <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
          {t('common:action.save')}
        </Button>
      </Form>
      <UsedLine used={used} renewsAt={renewsAt} />
      <section className="grid min-w-0 gap-3">
        <h3 className="text-sm font-semibold">{t('settings.code')}</h3>
        <CodeBlock label={t('settings.script')} code={toScriptCode(shown)} wrap />
        <p className="text-sm text-ink-faint">{t('settings.codeHint')}</p>
        <CodeBlock label={t('settings.frame')} code={toFrameCode(shown)} wrap />
      </section>
    </div>
  );
}

function UsedLine({ used, renewsAt }: Pick<AgentEmbed, 'used' | 'renewsAt'>) {
  const { t } = useTranslation('embeds');
  const format = useFormat();
  return (
    <p className="text-sm text-ink-soft">
      <span className="font-medium">{t('settings.used')}:</span>{' '}
      {t('settings.usedLine', {
        conversations: t('settings.conversations', { count: used.conversations }),
        answers: t('settings.answers', { count: used.runs }),
        cost: format.usd(used.costUsd),
        date: format.calendarDay(renewsAt.slice(0, 10)),
      })}
    </p>
  );
}

/** Names the first line that is no site. */
function toSitesError(
  errors: FieldErrors<EmbedSettings>,
  lines: string[],
  t: ReturnType<typeof useTranslation>['t'],
): string | undefined {
  if (errors.origins === undefined) return undefined;
  const written = lines.filter((line) => line.trim() !== '');
  const wrong = Array.isArray(errors.origins) ? errors.origins.findIndex((error) => error !== undefined) : -1;
  return wrong === -1 ? t('settings.sitesNeeded') : t('settings.siteWrong', { site: written[wrong] ?? '' });
}
