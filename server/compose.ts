import { join } from 'node:path';
import { v7 } from 'uuid';
import { createExpiryRepository } from '#server/features/accounts/expiry-repository.ts';
import { createAuditRepository } from '#server/features/audit/audit-repository.ts';
import { createAuditService } from '#server/features/audit/audit-service.ts';
import { listModelHosts, toHosts } from '#server/features/models/model-hosts.ts';
import { createModelRepository } from '#server/features/models/model-repository.ts';
import { createModelService } from '#server/features/models/model-service.ts';
import { createIdempotencyRepository } from '#server/features/runs/idempotency-repository.ts';
import { createPromptService } from '#server/features/toolsets/prompt-service.ts';
import { registerHousekeeping } from '#server/housekeeping.ts';
import { createViewDrawer } from '#server/platform/first-views/view-drawer.ts';
import { createMetrics } from '#server/http/metrics.ts';
import { createDatabaseReadiness } from '#server/platform/database-readiness.ts';
import { drawPortrait } from '#server/platform/draw-portrait.ts';
import { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import { createJobs } from '#server/platform/jobs.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import { checkGuards } from '#server/runtime/guards/check-text.ts';
import { createModelOpener } from '#server/runtime/models/chat-model.ts';
import { createTurnRunner } from '#server/runtime/run-turn.ts';
import type { HubSettings } from './hub-settings.ts';
import { openAccounts } from './open-accounts.ts';
import { openAgents } from './open-agents.ts';
import { openAnalyses } from './open-analyses.ts';
import { openChains } from './open-chains.ts';
import { openContractAudits } from './open-contract-audits.ts';
import { openDashboards } from './open-dashboards.ts';
import { openConversationNames } from './open-conversation-names.ts';
import { openConversations } from './open-conversations.ts';
import { openEmbeds } from './open-embeds.ts';
import { openEvals } from './open-evals.ts';
import { openFiles } from './open-files.ts';
import { openHub } from './open-hub.ts';
import { openKeys } from './open-keys.ts';
import { openMemories } from './open-memories.ts';
import { openQueries } from './open-queries.ts';
import { openNews } from './open-news.ts';
import { openPackageReader } from './open-package-reader.ts';
import { openProposals } from './open-proposals.ts';
import { openRuns } from './open-runs.ts';
import { openTools } from './open-tools.ts';
import { openToolPorts } from './open-tool-ports.ts';
import { openToolsets } from './open-toolsets.ts';
import { openTriggers } from './open-triggers.ts';
import { openUsage } from './open-usage.ts';
import type { DrawChart } from './runtime/tools/ports.ts';

/**
 * The wiring of the hub: every service, built from what it needs, top to bottom.
 *
 * @throws {Error} when the secrets do not fit the data
 */
export function compose({
  environment,
  database,
  baseUrl,
  version,
  agentsFolder,
  workersFolder,
  logError,
  ...rest
}: HubSettings) {
  const now = rest.now ?? (() => new Date());
  const { dataFolder } = environment;
  const base = { database, now, logError };

  const secrets = createSecrets({ file: join(dataFolder, 'secrets.json') });
  const egress = createEgress({ allowed: environment.egressAllow });
  const modelEgress = createEgress({ allowed: [...environment.egressAllow, ...listModelHosts(environment)] });
  const personalModelEgress = createEgress({ allowed: environment.egressAllow, itself: toHosts([baseUrl]) });
  const documents = createDocumentReader({
    workerFile: new URL('document-worker.js', workersFolder),
    limits: rest.documentLimits,
  });
  const packages = openPackageReader({ workersFolder });
  const views = createViewDrawer({ workerFile: new URL('view-worker.js', workersFolder) });
  const metrics = createMetrics();
  const instanceId = v7();
  const news = openNews({ ...base, instanceId });

  const { accountRepository, removals, ...people } = openAccounts({
    database,
    secrets,
    baseUrl,
    onPersonChange: (userId) => {
      keys.forgetPerson(userId);
      news.endFor(userId);
    },
    passwords: rest.passwords,
    findPossessions: () => ({ agents, conversations }),
  });
  const audit = createAuditService({ repository: createAuditRepository({ database }) });
  const { files, fileBytes, findUsedOfFiles } = openFiles({ ...base, dataFolder, documents });
  const agents = openAgents({
    database,
    agentsFolder,
    workersFolder,
    files,
    readPackageFile: packages.read,
    findMissingTools: (ownerId, definition) => turns.findMissingTools({ ownerId, toolsetOwnerId: ownerId }, definition),
    evals: {
      list: (agentId) => evals.listOf(agentId),
      add: (agentId, added) => evals.addTo(agentId, added),
      checkGate: (agent) => evals.checkGate(agent),
    },
    removeConversations: async (agentId) => {
      await runs.stopRunsOf({ agentId });
      await conversations.removeOf(agentId);
    },
    stopRuns: (agentId) => void runs.stopRunsOf({ agentId }),
    tellChange: news.announceAgent,
  });
  const { budgets, usage } = openUsage({ ...base, instanceId });
  const keys = openKeys({ database, agents, budgets, logError });
  const models = createModelService({
    repository: createModelRepository({ database }),
    environment,
    findLocalServers: environment.findLocalModels,
    waysOut: { hub: modelEgress, personal: personalModelEgress },
    secrets,
    now,
  });
  const { chains, devnet, ...onchain } = openChains({
    ...base,
    environment,
    baseUrl,
    secrets,
    metrics,
  });
  const { datasets, duneKeys, executions, indexes, savedQueries, tables, ...queries } = openQueries({
    ...base,
    dataFolder,
    workersFolder,
    fileBytes,
    findUsedOfFiles,
    instanceId,
    chainSource: onchain.source,
    readDevnet: devnet.get,
    limits: rest.sqlLimits,
    dune: { fetch: egress.fetch, baseUrl: environment.duneUrl },
    secrets,
  });
  const drawChart: DrawChart = (specification, options) => toolPorts.charts(specification, options);
  const contractAudits = openContractAudits({ database, workersFolder, chains: onchain.reader, drawChart, now });
  const analyses = openAnalyses({
    database,
    workersFolder,
    sources: queries.sources,
    drawChart,
    now,
  });
  const toolPorts = openToolPorts({
    workersFolder,
    egress,
    modelEgress,
    personalModelEgress,
    models,
    documents,
    chains: onchain.reader,
    ipfsGateway: environment.ipfsGateway,
    auditContract: contractAudits.audit,
    analysePoints: analyses.analysePoints,
    now,
  });
  const connected = openToolsets({
    ...base,
    environment,
    secrets,
    egress,
    baseUrl,
    version,
    workersFolder,
  });
  const prompts = createPromptService({
    resolveAgent: agents.resolveForRun,
    openTools: connected.toolsets.openTools,
    fillPrompt: connected.fillPrompt,
  });
  const turns = createTurnRunner({
    openChatModel: createModelOpener({
      findFetch: ({ ownerId }) => (ownerId === null ? modelEgress : personalModelEgress).streamingFetch,
      describeTool: (id) => turns.findTool(id),
    }),
    tools: toolPorts.ports,
    storeFile:
      ({ actor, agentId }) =>
      ({ bytes, ...file }) =>
        files.storeMade(actor, agentId, { ...file, content: bytes }),
    lendFile: ({ actor, agentId }, id) => files.lend(actor, agentId, id),
    openData: (actor) => ({
      ...queries.openData(actor),
      ...analyses.openDesk(actor),
      ...dashboards.openDesk(actor),
    }),
    openAlerts: (asker) => watch.openAlerts(asker),
    readFile: (actor, id) => files.readOwn(actor.userId, id),
    findConnectedTools: connected.findConnectedTools,
    findAgent: agents.findCallable,
    findRunnable: agents.findRunnable,
    chooseModels: ({ model }, modelOwnerId) => models.resolveWishes(model.wishes, modelOwnerId),
    openMemory: (turn) => memories.openForRun(turn),
    openDesk: (turn) => proposals.openDesk(turn),
    toNumber: secrets.toNumber,
    logError,
  });
  const memories = openMemories({
    ...base,
    agents,
    accountRepository,
    models,
    budgets,
    findFacts: turns.findFacts,
  });
  const { tools, speech, reportCall } = openTools({
    ...base,
    agents,
    budgets,
    models,
    turns,
    listConnectedTools: connected.toolsets.listConnectedTools,
    fetch: modelEgress.fetch,
    drawChart,
  });
  const names = openConversationNames({ ...base, models, budgets, suggestTitle: turns.suggestTitle, news });
  const { runs, instance, reportAnswer } = openRuns({
    ...base,
    charts: toolPorts.charts,
    instanceId,
    agents,
    models,
    budgets,
    turns,
    files,
    metrics,
    checkCallback: (actor, url) => triggers.checkCallback(actor, url),
    onCallbackDue: () => triggers.wakeCallbacks(),
    onTurnChange: news.announceTurn,
    onFirstAnswer: environment.hasModelTitles ? names.nameConversation : () => undefined,
    waitHours: environment.waitHours,
    storePatienceMs: rest.storePatienceMs,
  });
  const { conversations, shares, feedback } = openConversations({ database, agents, runs, files, news, now });
  const dashboards = openDashboards({
    ...base,
    accountRepository,
    executions,
    savedQueries,
    charts: toolPorts.charts,
    isSharingAllowed: async () => (await shares.readSharingSettings()).isAllowed,
  });
  const { triggers, alerts, ...watch } = openTriggers({
    ...{ ...base, agents, accountRepository, runs, secrets, egress, baseUrl },
    ...{ savedQueries, executions, chains: onchain.reader },
  });
  const embeds = openEmbeds({ database, agents, runs, conversations, files, sign: secrets.sign, now });
  const evals = openEvals({
    ...base,
    agents,
    runs,
    models,
    canMakeImages: async ({ userId }) => (await models.findImageEndpoint(userId)) !== null,
    hasDevnet: async () => (await devnet.get()).state !== 'missing',
    budgets,
    judge: turns.judge,
    workersFolder,
  });
  const hub = openHub({ database, agents, listTools: turns.listTools, now });
  const proposals = openProposals({
    database,
    agents,
    runs,
    conversations,
    evals,
    tools,
    models,
    listCategories: hub.listCategories,
    budgets,
    rewrite: turns.rewrite,
    now,
  });

  const jobs = createJobs({ database, logError });
  registerHousekeeping({
    jobs,
    removeExpired: createExpiryRepository({ database }).removeExpired,
    emptyLateRuns: removals.emptyLateRuns,
    clearIdempotencyKeys: createIdempotencyRepository({ database }).clearIdempotencyKeys,
    removePreviews: conversations.removePreviews,
    removeTemporary: conversations.removeTemporary,
    removeExpiredShares: shares.removeExpiredShares,
    removeUnusedBytes: async (storedBefore) => {
      await fileBytes.removeUnused({ storedBefore, findUsed: queries.findUsedBytes });
    },
    removeOldFirings: watch.removeOlder,
    removeExpiredResults: executions.removeExpired,
    readOldDatasets: queries.readOldDatasets,
    refreshDashboards: dashboards.service.refreshDue,
    readQuietConversations: memories.readQuiet,
    countUse: hub.countUse,
    now,
  });

  return {
    ...people,
    agents,
    alerts,
    analyses: analyses.service,
    audit,
    budgets,
    chains,
    contractAudits: contractAudits.service,
    conversations,
    dashboards,
    database,
    datasets,
    devnet,
    duneKeys,
    drawPortrait,
    checkGuards,
    embeds,
    evals,
    executions,
    feedback,
    files,
    hub,
    indexes,
    instance,
    isDatabaseReady: createDatabaseReadiness({ database }),
    jobs,
    keys,
    memories,
    metrics,
    models,
    news,
    prompts,
    proposals,
    removals,
    queryCharts: dashboards.queryCharts,
    runs,
    reportAnswer,
    reportCall,
    savedQueries,
    secrets,
    shares,
    speech,
    tables,
    tools,
    toolsets: connected.toolsets,
    triggers,
    turns,
    usage,
    views,
    /** Ends what is under way, stores what is in memory, and lets go of everything but the database. */
    close: async ({ graceMs }: { graceMs: number }) => {
      memories.stop();
      names.stop();
      news.stop();
      const watching = [evals, triggers, alerts, jobs, dashboards];
      await Promise.all([...watching.map((one) => one.stop()), runs.stop(graceMs)]);
      await instance.end();
      await keys.close();
      const workers = [toolPorts, onchain, queries, documents, packages, views, contractAudits, evals, connected];
      await Promise.all([analyses, ...workers].map((worker) => worker.close()));
      await Promise.all([egress, modelEgress, personalModelEgress].map((way) => way.close()));
    },
  };
}
export type Services = ReturnType<typeof compose>;
