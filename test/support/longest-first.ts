import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Those that take longest, waiting for hubs that are killed and started or walking every page: begun last, they would hold up the end.
const longest = [
  ...['crash', 'stop', 'workers', 'database-thread', 'stop-waiting'].map((name) => `/platform/${name}.test.ts`),
  '/e2e/pages.test.ts',
];

/** Vitest's order, where these are the first of their project; a fresh clone knows no durations to go by. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const ranks = new Map([...new Set(sorted.map(({ project }) => project.name))].map((name, rank) => [name, rank]));
    const rank = ({ project, moduleId }: TestSpecification) =>
      2 * (ranks.get(project.name) ?? 0) + (longest.some((name) => moduleId.endsWith(name)) ? 0 : 1);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
