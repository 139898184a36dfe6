import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Exchange, toExchange } from '#web/features/conversations/to-exchange.ts';
import type { SentMessage, Turn } from '#web/features/conversations/to-turns.ts';
import type { RunView } from '#web/features/runs/run-view.ts';
import { IconButton } from '#web/ui/icon-button.tsx';

/** Where an answer can become a test: what was said, read when it is pressed, and who takes it. */
export type TestOffer = {
  read: () => { storedTurns: readonly Turn[]; sent: SentMessage | null };
  onMakeTest: (exchange: Exchange) => void;
};

/** Hands an answer over as a test of the agent. */
export function MakeTest({ view, read, onMakeTest }: TestOffer & { view: RunView }) {
  const { t } = useTranslation('conversations');
  const make = () => {
    const { storedTurns, sent } = read();
    onMakeTest(toExchange(storedTurns, sent, view));
  };
  return <IconButton label={t('chat.makeTest')} icon={<FlaskConical />} size="small" onClick={make} />;
}
