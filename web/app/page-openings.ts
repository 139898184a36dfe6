import { type ListedPage, listedAtTheDoor, listedInside, previewFeatures, toPattern } from './page-list.ts';
import { routes } from './paths.ts';

/** A form in which a page is opened, and what is then on its way before any code of the page runs. */
type Opening = Pick<ListedPage, 'name' | 'features'> & {
  pattern: string;
  /** What the page first asks the hub for, written as it will be asked; only where somebody is signed in. */
  asks: readonly string[];
  /** What it shows at once, but loads by itself. */
  modules: readonly string[];
};
type Special = { path: string } & Partial<Pick<Opening, 'asks' | 'modules'>> & {
    alsoFeatures?: readonly string[];
  };

const agent = '/api/agents/:handle';
const categories = '/api/hub/categories';
const conversations = '/api/conversations?agent=:handle&source=page&pinned=false&folder=none';

const special: Record<string, Special[]> = {
  [routes.home]: [{ path: routes.home, asks: ['/api/hub/agents?limit=24', categories] }],
  [routes.agents]: [{ path: routes.agents, asks: ['/api/agents?scope=all', categories] }],
  [routes.editAgent]: [
    {
      path: routes.editAgent,
      asks: [agent, categories],
      modules: ['features/conversations/components/chat.tsx'],
      alsoFeatures: previewFeatures,
    },
  ],
  [routes.chat]: [
    { path: routes.chat.replace('/:conversation?', ''), asks: [agent, conversations] },
    {
      path: routes.chat.replace('?', ''),
      asks: [agent, conversations, '/api/conversations/:conversation/messages'],
      modules: ['features/conversations/components/turn-list.tsx'],
      // What stands under each answer comes by itself.
      alsoFeatures: ['feedback'],
    },
  ],
};

/** Every form in which a page is opened, for the build: the first that fits an address is its own. */
export const openings: readonly Opening[] = [...listedAtTheDoor, ...listedInside].flatMap(({ path, name, features }) =>
  (special[path] ?? [{ path }]).map(({ path: address, asks = [], modules = [], alsoFeatures = [] }) => ({
    name,
    features: [...features, ...alsoFeatures],
    pattern: toPattern(address).source,
    asks,
    modules,
  })),
);
