import { useParams } from 'react-router';
import { OpenFrame } from '#web/app/open-frame.tsx';
import { SharedConversation } from '#web/features/shares/components/shared-conversation.tsx';

/** What everybody with the link of a share sees, signed in or not. */
export function Page() {
  const { share = '' } = useParams();
  return (
    <OpenFrame>
      <SharedConversation share={share} />
    </OpenFrame>
  );
}
