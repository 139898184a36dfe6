import type { ModelService } from '#server/features/models/model-service.ts';
import { createChartRenderer } from '#server/platform/chart-renderer.ts';
import { createCodeRunner } from '#server/platform/code/code-runner.ts';
import type { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import type { Egress } from '#server/platform/egress/create-egress.ts';
import { createImageMaker } from '#server/platform/image-endpoint.ts';
import { createThumbnailMaker } from '#server/platform/images.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';

type Needs = {
  workersFolder: URL;
  egress: Egress;
  modelEgress: Egress;
  personalModelEgress: Egress;
  models: Pick<ModelService, 'findImageEndpoint'>;
  documents: Pick<ReturnType<typeof createDocumentReader>, 'readPage'>;
  chains: ToolPorts['chains'];
  ipfsGateway: string;
  auditContract: ToolPorts['auditContract'];
  analysePoints: ToolPorts['analysePoints'];
  now: () => Date;
};

const imageLimits = { maximumBytes: 32 * 1024 * 1024, timeoutMs: 60_000 };

/** The built-in tools' part of the wiring: what they reach, draw, run and read. */
export function openToolPorts({
  workersFolder,
  egress,
  models,
  documents,
  chains,
  ipfsGateway,
  auditContract,
  analysePoints,
  now,
  ...rest
}: Needs) {
  const charts = createChartRenderer({ workerFile: new URL('chart-worker.js', workersFolder) });
  const code = createCodeRunner({ workerFile: new URL('code-worker.js', workersFolder) });
  const ports: ToolPorts = {
    now,
    fetch: egress.fetch,
    readPage: documents.readPage,
    drawChart: charts,
    runCode: code,
    makeThumbnail: createThumbnailMaker(),
    createImage: createImageMaker({
      findEndpoint: async (modelOwnerId) => {
        const found = await models.findImageEndpoint(modelOwnerId);
        if (found === null) return null;
        const way = found.ownerId === null ? rest.modelEgress : rest.personalModelEgress;
        return { ...found, fetch: way.streamingFetch };
      },
      download: async (url, signal) => (await egress.fetch(url, { signal, ...imageLimits })).bytes,
    }),
    chains,
    ipfsGateway,
    auditContract,
    analysePoints,
  };
  return {
    ports,
    charts,
    close: async () => {
      await Promise.all([charts.close(), code.close()]);
    },
  };
}
