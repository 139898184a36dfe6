import { v7 } from 'uuid';
import { toDatedName } from '#server/contract/file-name.ts';
import { JsonObject } from '#server/contract/json.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import type { ToolContext } from '#server/runtime/tools/tool.ts';
import { chartLook } from '#server/contract/chart-look.ts';

export type ChartArtifact = Extract<Artifact, { kind: 'chart' }>;

/** Draws a checked specification in the hub's look and keeps its SVG; what comes back is shown to the person. */
export async function makeChart(
  { title, specification }: { title: string; specification: JsonObject },
  { drawChart, storeFile, signal }: Pick<ToolPorts, 'drawChart'> & Pick<ToolContext, 'storeFile' | 'signal'>,
): Promise<ChartArtifact> {
  const looked = withLook(specification);
  const { svg } = await drawChart(looked, { signal });
  const stored = await storeFile({
    name: toDatedName(title, { otherwise: 'chart', day: new Date().toISOString().slice(0, 10), ending: 'svg' }),
    mediaType: 'image/svg+xml',
    bytes: new TextEncoder().encode(svg),
  });
  return { kind: 'chart', id: v7(), title, specification: looked, file: stored.id };
}

function withLook(specification: JsonObject): JsonObject {
  const own = JsonObject.safeParse(specification['config']);
  return {
    ...specification,
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config: { ...chartLook, ...(own.success ? own.data : {}) },
  };
}
