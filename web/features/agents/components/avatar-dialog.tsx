import { useMutation } from '@tanstack/react-query';
import { CircleStop, Sparkles } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { ToolCall } from '#server/contract/tool.ts';
import { toFileAddress } from '#web/features/files/file-address.ts';
import { callTool } from '#web/features/tools/api/call-tool.ts';
import { asObject } from '#web/features/tools/schema-fields.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { Progress } from '#web/ui/progress.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

type AvatarDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The image model that draws. */
  model: string;
  identity: { name: string; tagline: string };
  /** Takes the file of the picture. */
  onApply: (file: string) => void;
};

/** Has the hub's image model draw an agent's picture; it is looked at before it is taken. */
export function AvatarDialog({ open, onOpenChange, model, identity, onApply }: AvatarDialogProps) {
  const { t } = useTranslation('agents');
  const form = useId();
  const [prompt, setPrompt] = useState(() =>
    t(identity.tagline === '' ? 'avatar.promptOfName' : 'avatar.prompt', identity),
  );
  const { run, cancel } = useCancellable();
  const draw = useMutation({
    mutationFn: () =>
      run((signal) => callTool({ tool: 'generate-image', input: { prompt, size: '1024x1024' } }, signal)),
  });
  const picture = draw.data ? findPicture(draw.data) : null;
  const failure = draw.data?.isError ? asObject(draw.data.output)['error'] : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!draw.isPending && prompt.trim() !== '') draw.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => {
        if (!isOpen) cancel();
        onOpenChange(isOpen);
      }}
      size="small"
      title={t('avatar.generate')}
      description={t('avatar.generateText', { model })}
      footer={
        <>
          {draw.isPending ? (
            <Button icon={<CircleStop aria-hidden />} onClick={cancel}>
              {t('common:action.cancel')}
            </Button>
          ) : (
            <Button type="submit" form={form} icon={<Sparkles aria-hidden />} disabled={prompt.trim() === ''}>
              {t(picture === null ? 'avatar.drawIt' : 'avatar.drawAgain')}
            </Button>
          )}
          <Button
            variant="primary"
            disabled={picture === null || draw.isPending}
            onClick={() => {
              if (picture === null) return;
              onApply(picture);
              onOpenChange(false);
            }}
          >
            {t('avatar.use')}
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit} error={draw.error}>
        <TextArea
          label={t('avatar.promptLabel')}
          rows={4}
          maxLength={4000}
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
        />
        {draw.isPending && <Progress label={t('avatar.drawing')} />}
        {typeof failure === 'string' && !draw.isPending && (
          <Notice tone="danger" title={t('avatar.failed')}>
            {failure}
          </Notice>
        )}
        {picture !== null && !draw.isPending && (
          <img
            src={toFileAddress(picture)}
            alt={t('avatar.preview')}
            className="aspect-square w-48 justify-self-center rounded-md object-cover"
          />
        )}
      </Form>
    </Dialog>
  );
}

/** The small version: a whole picture is larger than an avatar may be. */
function findPicture({ artifacts }: ToolCall): string | null {
  const image = artifacts.find((artifact) => artifact.kind === 'image');
  return image === undefined ? null : image.thumbnail;
}
