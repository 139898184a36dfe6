import { paths } from './paths.ts';

/** Addresses that the toolsets' components are given. */
export const toolsetPaths = {
  list: paths.toolsets(),
  one: paths.toolset,
  signedIn: paths.toolsetSignedIn(),
  leave: (address: string) => window.location.assign(address),
};
