import { useMutation } from '@tanstack/react-query';
import { CircleStop } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import type { AgentPrompt, FilledPrompt, FillPromptInput } from '#server/contract/prompt.ts';
import { fillPrompt } from '#web/features/conversations/api/prompt-requests.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextField } from '#web/ui/text-field.tsx';

type PromptDialogProps = {
  agent: string;
  version: FillPromptInput['version'];
  prompt: AgentPrompt;
  onClose: () => void;
  onFilled: (prompt: FilledPrompt) => void;
};

/** What a prompt is and needs; its server fills it in, and nothing is sent yet. */
export function PromptDialog({ agent, version, prompt, onClose, onFilled }: PromptDialogProps) {
  const { t } = useTranslation('conversations');
  const { tool, name, title, description, parameters, toolset } = prompt;
  const [values, setValues] = useState<Record<string, string>>({});
  const [isChecked, setIsChecked] = useState(false);
  const { run, cancel } = useCancellable();
  const fill = useMutation({
    mutationFn: (input: FillPromptInput) => run((signal) => fillPrompt(agent, input, signal)),
    onSuccess: (filled) => filled && onFilled(filled),
  });
  // Who picked it with the keyboard goes on with it; the window gives its own focus first.
  const takeFocus = useCallback((control: HTMLElement | null) => {
    if (control !== null) requestAnimationFrame(() => control.focus());
  }, []);
  const isMissing = (parameter: AgentPrompt['parameters'][number]) =>
    parameter.isRequired && (values[parameter.name] ?? '').trim() === '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsChecked(true);
    const missing = parameters.find(isMissing);
    if (missing) event.currentTarget.querySelector<HTMLElement>(`[name="${CSS.escape(missing.name)}"]`)?.focus();
    else if (!fill.isPending) {
      const given = Object.entries(values).filter(([, value]) => value.trim() !== '');
      fill.mutate({ tool, name, arguments: Object.fromEntries(given), ...(version !== undefined && { version }) });
    }
  };
  const close = () => {
    cancel();
    onClose();
  };
  return (
    <Dialog open onOpenChange={close} title={title} description={t('prompt.from', { toolset })} size="small">
      <Form
        onSubmit={submit}
        error={fill.error}
        actions={
          <>
            {fill.isPending && (
              <Button icon={<CircleStop aria-hidden />} onClick={cancel}>
                {t('common:action.cancel')}
              </Button>
            )}
            <Button
              type="submit"
              variant="primary"
              busy={fill.isPending}
              {...(parameters.length === 0 && { ref: takeFocus })}
            >
              {t('prompt.insert')}
            </Button>
          </>
        }
      >
        {description !== '' && <p className="text-sm whitespace-pre-line text-ink-soft wrap-anywhere">{description}</p>}
        {parameters.map((parameter, place) => (
          <TextField
            key={parameter.name}
            {...(place === 0 && { ref: takeFocus })}
            name={parameter.name}
            label={parameter.name}
            {...(parameter.description !== '' && { hint: parameter.description })}
            {...(!parameter.isRequired && { optional: true })}
            error={isChecked && isMissing(parameter) ? t('variables.required') : undefined}
            value={values[parameter.name] ?? ''}
            maxLength={20_000}
            onChange={(event) => setValues({ ...values, [parameter.name]: event.target.value })}
          />
        ))}
      </Form>
    </Dialog>
  );
}
