import { useRef } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { sandboxPath } from '#server/contract/sandbox.ts';
import { classNames } from '#web/lib/class-names.ts';

/**
 * A page that somebody else wrote, in a frame without an origin: it reaches neither this page nor the hub nor the network.
 *
 * The frame is a page of the hub with a policy of its own that writes out what it is sent. What is given to a frame as
 * `srcdoc` or `blob:` would inherit this page's policy, under which none of its scripts ran.
 */
export function SandboxedPage({ source, className }: { source: string; className: string }) {
  const { t } = useTranslation('runs');
  const sentTo = useRef<HTMLIFrameElement>(null);
  return (
    <iframe
      // Another text is another page.
      key={source}
      title={t('page.name')}
      src={sandboxPath}
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      allow=""
      onLoad={({ currentTarget }) => {
        if (sentTo.current === currentTarget) return;
        sentTo.current = currentTarget;
        // It has no origin that could be named.
        currentTarget.contentWindow?.postMessage(source, '*');
      }}
      className={classNames('w-full rounded-md border border-line bg-raised', className)}
    />
  );
}
