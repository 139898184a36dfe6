import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { removeInPlace } from '#web/ui/hold-place.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { TextField } from '#web/ui/text-field.tsx';

export type StringListTexts = { label: string; itemLabel: string; addLabel: string };

type StringListProps = StringListTexts & {
  /** The list's place in the definition. */
  name: string;
  items: string[];
  onChange: (items: string[]) => void;
  messageAt: (index: number) => string | undefined;
  maximum: number;
  /** The language of the texts, where it is not the page's. */
  lang?: string;
};

/** Short texts in order: added, changed, taken away. */
export function StringList({
  name,
  label,
  itemLabel,
  addLabel,
  items,
  onChange,
  messageAt,
  maximum,
  lang,
}: StringListProps) {
  const { t } = useTranslation('agents');
  const titleId = useId();
  return (
    <div role="group" aria-labelledby={titleId} className="grid gap-2">
      <p id={titleId} className="text-sm font-medium">
        {label}
      </p>
      {items.map((item, index) => (
        <div key={index} className="flex items-start gap-1">
          <TextField
            className="flex-1"
            label={`${itemLabel} ${index + 1}`}
            hideLabel
            lang={lang}
            name={`${name}.${index}`}
            value={item}
            error={messageAt(index)}
            onChange={({ target }) => onChange(items.map((other, at) => (at === index ? target.value : other)))}
          />
          <IconButton
            label={t('list.remove', { item: `${itemLabel} ${index + 1}` })}
            icon={<X />}
            onClick={() => removeInPlace(() => onChange(items.filter((_, at) => at !== index)))}
          />
        </div>
      ))}
      {items.length < maximum && (
        <Button
          size="small"
          className="justify-self-start"
          icon={<Plus aria-hidden />}
          onClick={() => onChange([...items, ''])}
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}
