import type { FavouriteToolInput } from '#server/contract/tool.ts';
import { request } from '#web/lib/api-client.ts';

export const setFavouriteTool = (body: FavouriteToolInput) =>
  request({ path: '/api/tools/favourites', method: 'PUT', body });
