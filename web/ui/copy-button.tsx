import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button, type ButtonSize, type ButtonVariant } from './button.tsx';
import { IconButton } from './icon-button.tsx';

type CopyButtonProps = {
  /** A long text is made when it is copied. */
  text: string | (() => string);
  /** What is copied, when "Copy" does not say it. */
  label?: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  iconOnly?: boolean;
};

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, variant = 'secondary', size = 'medium', iconOnly = false }: CopyButtonProps) {
  const { t } = useTranslation('common');
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => void writeToClipboard(typeof text === 'string' ? text : text()).then(setCopied);
  const name = copied ? t('action.copied') : (label ?? t('action.copy'));
  const icon = copied ? <Check aria-hidden /> : <Copy aria-hidden />;
  return (
    <>
      {iconOnly ? (
        <IconButton label={name} icon={icon} variant={variant} size={size} onClick={copy} />
      ) : (
        <Button icon={icon} variant={variant} size={size} onClick={copy}>
          {name}
        </Button>
      )}
      <span role="status" className="sr-only">
        {copied ? t('action.copied') : ''}
      </span>
    </>
  );
}

async function writeToClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

// A hub reached over plain http in a home network has no clipboard interface.
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  (document.querySelector('[role=dialog], [role=alertdialog]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
