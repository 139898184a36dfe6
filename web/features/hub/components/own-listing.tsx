import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { hubAgentQuery } from '#web/features/hub/api/hub-requests.ts';
import { ListingNotice } from './listing-notice.tsx';

/** Tells the creator of a published agent what keeps it off the hub, where it is made. */
export function OwnListing({ agent, version }: { agent: string; version: number }) {
  const { data, refetch } = useQuery(hubAgentQuery(agent));
  // What is newly published is judged anew.
  useEffect(() => void refetch(), [version, refetch]);
  if (data === undefined || data.listing === 'listed' || data.listing === 'unlisted') return null;
  return (
    <div className="border-b border-line px-4 py-3">
      <ListingNotice agent={data} />
    </div>
  );
}
