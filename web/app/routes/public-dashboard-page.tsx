import { useParams } from 'react-router';
import { OpenFrame } from '#web/app/open-frame.tsx';
import { PublicView } from '#web/features/dashboards/components/public-view.tsx';

/** What everybody with the public link of a dashboard sees, signed in or not. */
export function Page() {
  const { link = '' } = useParams();
  return (
    <OpenFrame wide>
      <PublicView link={link} />
    </OpenFrame>
  );
}
