import { useMutation, useQuery } from '@tanstack/react-query';
import { Dices, ImageUp, Sparkles } from 'lucide-react';
import { useRef, useState } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Agent } from '#server/contract/agent.ts';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import { modelListQuery } from '#web/features/agents/api/model-list-query.ts';
import { uploadFile } from '#web/features/files/api/upload-file.ts';
import { drawAvatar } from '#web/features/agents/draw-avatar.ts';
import { toPicture } from '#web/features/agents/to-picture.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Portrait } from '#web/ui/portrait.tsx';
import { AvatarLook } from './avatar-look.tsx';

const AvatarDialog = lazyDialog(async () => (await import('./avatar-dialog.tsx')).AvatarDialog);

const imageTypes = 'image/png,image/jpeg,image/webp,image/gif';

/** The agent's picture: drawn anew with a colour, a file of one's own, or what the image model makes of a description. */
export function AvatarField({ stored }: { stored: Agent }) {
  const { t } = useTranslation('agents');
  const { field } = useController<AgentDefinition, 'identity.avatar'>({ name: 'identity.avatar' });
  const { getValues } = useFormContext<AgentDefinition>();
  const imageModel = useQuery(modelListQuery).data?.imageModel ?? null;
  const [isGenerating, setIsGenerating] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const avatar = field.value;
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file),
    onSuccess: (file) => field.onChange({ kind: 'file', file: file.id }),
  });
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('avatar.label')}</legend>
      <div className="flex flex-wrap items-center gap-4">
        <Portrait picture={toPicture({ handle: stored.handle, avatar }, stored.avatar)} size="lg" />
        <div className="grid gap-2">
          <div className="flex flex-wrap gap-2">
            <Button size="small" icon={<Dices aria-hidden />} onClick={() => field.onChange(drawAvatar(avatar))}>
              {t('avatar.draw')}
            </Button>
            <Button
              size="small"
              icon={<ImageUp aria-hidden />}
              busy={upload.isPending}
              onClick={() => picker.current?.click()}
            >
              {t('avatar.upload')}
            </Button>
            {imageModel !== null && (
              <Button size="small" icon={<Sparkles aria-hidden />} onClick={() => setIsGenerating(true)}>
                {t('avatar.generate')}
              </Button>
            )}
            <input
              ref={picker}
              type="file"
              accept={imageTypes}
              hidden
              aria-label={t('avatar.upload')}
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file) upload.mutate(file);
                event.target.value = '';
              }}
            />
          </div>
          {avatar.kind === 'drawn' && <AvatarLook avatar={avatar} onChange={field.onChange} />}
        </div>
      </div>
      {imageModel !== null && (
        <AvatarDialog
          open={isGenerating}
          onOpenChange={setIsGenerating}
          model={imageModel}
          identity={getValues('identity')}
          onApply={(file) => field.onChange({ kind: 'file', file })}
        />
      )}
      {upload.isError && <ErrorPanel error={upload.error} />}
    </fieldset>
  );
}
