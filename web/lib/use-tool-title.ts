import { useQuery } from '@tanstack/react-query';
import { useLocalized } from './use-localized.ts';
import { toolListQuery } from './tool-list-query.ts';

/** What people call a tool; its id where the name is not known. */
export function useToolTitle(): (id: string) => string {
  const localize = useLocalized();
  const tools = useQuery(toolListQuery);
  return (id) => {
    const known = tools.data?.items.find((tool) => tool.id === id);
    return known === undefined ? id : localize(known.title);
  };
}
