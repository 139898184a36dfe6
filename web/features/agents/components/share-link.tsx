import { Download } from 'lucide-react';
import { renderSVG } from 'uqr';
import type { Agent } from '#server/contract/agent.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { saveFile } from '#web/lib/save-file.ts';
import { Button } from '#web/ui/button.tsx';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { OwnKeyNotice } from './own-key-notice.tsx';

type ShareLinkProps = {
  agent: Pick<Agent, 'handle' | 'visibility' | 'publishedVersion' | 'can' | 'definition'>;
  address: string;
};

/** An agent's address, in letters and as a picture for a camera, and who may open it. */
export function ShareLink({ agent, address }: ShareLinkProps) {
  const { t } = useTranslation('agents');
  const picture = renderSVG(address, { border: 2 });
  return (
    <div className="grid min-w-0 gap-6 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid min-w-0 content-start gap-4">
        <CodeBlock label={t('share.link')} code={address} wrap />
        <Audience agent={agent} isLocal={isOfThisMachine(new URL(address).hostname)} />
        <OwnKeyNotice agent={agent} />
      </div>
      <figure className="grid content-start justify-items-center gap-3">
        <img
          src={`data:image/svg+xml,${encodeURIComponent(picture)}`}
          alt={t('share.qr')}
          className="size-48 rounded-md border border-line"
        />
        <Button
          size="small"
          icon={<Download aria-hidden />}
          onClick={() => saveFile(`${agent.handle}.svg`, new Blob([picture], { type: 'image/svg+xml' }))}
        >
          {t('share.download')}
        </Button>
      </figure>
    </div>
  );
}

function Audience({ agent, isLocal }: Pick<ShareLinkProps, 'agent'> & { isLocal: boolean }) {
  const { t } = useTranslation('agents');
  const { publishedVersion, visibility } = agent;
  const audience = t(publishedVersion === null ? 'share.unpublished' : `share.audience.${visibility}`);
  const isOpen = publishedVersion !== null && visibility !== 'private';
  return (
    <>
      {isOpen && <p>{audience}</p>}
      {(!isOpen || isLocal) && (
        <Notice tone="warning">
          {!isOpen && <p>{audience}</p>}
          {isLocal && <p className="not-first:mt-2">{t('share.local')}</p>}
        </Notice>
      )}
    </>
  );
}

const isOfThisMachine = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.');
