import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { JsonValue } from '#server/contract/json.ts';
import type { Trigger } from '#server/contract/trigger.ts';
import { firingsKey, triggersKey, tryTrigger } from '#web/features/triggers/api/trigger-requests.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { TextArea } from '#web/ui/text-area.tsx';

function parse(text: string): JsonValue | undefined {
  try {
    return JsonValue.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Sends a webhook's trigger a payload, as a sender would. */
export function TryForm({ trigger, onDone }: { trigger: Trigger; onDone: () => void }) {
  const { t } = useTranslation('triggers');
  const cache = useQueryClient();
  const [text, setText] = useState('{\n  "hello": "world"\n}');
  const [isChecked, setIsChecked] = useState(false);
  const payload = parse(text);
  const send = useMutation({
    mutationFn: (given: JsonValue) => tryTrigger(trigger.id, given),
    onSuccess: async () => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: firingsKey(trigger.id) }),
        cache.invalidateQueries({ queryKey: triggersKey }),
      ]);
      onDone();
    },
  });
  return (
    <Form
      error={send.error}
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (payload !== undefined) send.mutate(payload);
      }}
    >
      <TextArea
        monospaced
        rows={6}
        spellCheck={false}
        label={t('try.payload')}
        hint={t('try.payloadHint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={isChecked && payload === undefined ? t('try.notJson') : undefined}
      />
      <Button type="submit" variant="primary" busy={send.isPending} className="justify-self-start">
        {t('try.send')}
      </Button>
    </Form>
  );
}
