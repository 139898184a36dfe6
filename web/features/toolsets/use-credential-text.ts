import type { CredentialHint, ToolsetCredential } from '#server/contract/toolset.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';

/** A credential in words; of a secret only that it is there. */
export function useCredentialText(): (credential: ToolsetCredential) => string {
  const { t } = useTranslation('toolsets');
  return ({ kind, in: place, name, username, clientId }) => {
    const words = t(`credential.kinds.${kind}`);
    switch (kind) {
      case 'api-key':
        return t('credential.keyIn', { name, place: t(`credential.places.${place ?? 'header'}`) });
      case 'basic':
        return `${words} · ${username ?? ''}`;
      case 'client-credentials':
      case 'authorization-code':
        return clientId === null ? words : `${words} · ${clientId}`;
      case 'none':
        return t('credential.none');
      case 'bearer':
        return words;
    }
  };
}

/** A way to sign in that a description names, in words. */
export function useHintText(): (hint: CredentialHint) => string {
  const toText = useCredentialText();
  return (hint) => (hint.kind === 'api-key' ? toText(hint) : `${toText(hint)} · ${hint.scheme}`);
}
