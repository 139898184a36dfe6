import { join } from 'node:path';
import { v7 } from 'uuid';
import { createExpiryRepository } from '#server/features/accounts/expiry-repository.ts';
import type { Passwords } from '#server/features/accounts/session-keeper.ts';
import { createAuditRepository } from '#server/features/audit/audit-repository.ts';
import { createAuditService } from '#server/features/audit/audit-service.ts';
import { createFileRepository } from '#server/features/files/file-repository.ts';
import { createFileService } from '#server/features/files/file-service.ts';
import { listModelHosts, toHosts } from '#server/features/models/model-hosts.ts';
import { createModelRepository } from '#server/features/models/model-repository.ts';
import { createModelService } from '#server/features/models/model-service.ts';
import { createIdempotencyRepository } from '#server/features/runs/idempotency-repository.ts';
import { createPromptService } from '#server/features/toolsets/prompt-service.ts';
import { createBudgetRepository } from '#server/features/usage/budget-repository.ts';
import { createReservationRepository } from '#server/features/usage/reservation-repository.ts';
import { createBudgetService } from '#server/features/usage/budget-service.ts';
import { createUsageRepository } from '#server/features/usage/usage-repository.ts';
import { createUsageService } from '#server/features/usage/usage-service.ts';
import { registerHousekeeping } from '#server/housekeeping.ts';
import { createViewDrawer } from '#server/platform/first-views/view-drawer.ts';
import { createMetrics } from '#server/http/metrics.ts';
import type { Database } from '#server/platform/database.ts';
import { createDatabaseReadiness } from '#server/platform/database-readiness.ts';
import { drawPortrait } from '#server/platform/draw-portrait.ts';
import { createDocumentReader } from '#server/platform/documents/document-reader.ts';
import { createEgress } from '#server/platform/egress/create-egress.ts';
import type { HubEnvironment } from '#server/platform/env.ts';
import { createFileStore } from '#server/platform/file-store.ts';
import { createJobs } from '#server/platform/jobs.ts';
import { createSecrets } from '#server/platform/secrets.ts';
import { checkGuards } from '#server/runtime/guards/check-text.ts';
import { createModelOpener } from '#server/runtime/models/chat-model.ts';
import { createTurnRunner } from '#server/runtime/run-turn.ts';
import { openAccounts } from './open-accounts.ts';
import { openAgents } from './open-agents.ts';
import { openChains } from './open-chains.ts';
import { openContractAudits } from './open-contract-audits.ts';
import { openDashboards } from './open-dashboards.ts';
import { openConversationNames } from './open-conversation-names.ts';
import { openConversations } from './open-conversations.ts';
import { openEmbeds } from './open-embeds.ts';
import { openEvals } from './open-evals.ts';
import { openHub } from './open-hub.ts';
import { openKeys } from './open-keys.ts';
import { openMemories } from './open-memories.ts';
import { openQueries } from './open-queries.ts';
import { openPackageReader } from './open-package-reader.ts';
import { openProposals } from './open-proposals.ts';
import { openRuns } from './open-runs.ts';
import { openToolPorts } from './open-tool-ports.ts';
import { openTools } from './open-tools.ts';
import { openToolsets } from './open-toolsets.ts';
import { openTriggers } from './open-triggers.ts';

export type HubSettings = {
  environment: HubEnvironment;
  database: Database;
  /** Where people reach the hub. */
  baseUrl: string;
  /** What the hub calls itself to other software. */
  version: string;
  /** The shipped packages. */
  agentsFolder: string;
  /** Where the build put the workers. */
  workersFolder: URL;
  /** Where failures that are not the client's go. */
  logError: (error: unknown, message: string) => void;
  now?: () => Date;
  /** Limits of one document; those of `createDocumentReader` unless told. */
  documentLimits?: Parameters<typeof createDocumentReader>[0]['limits'];
  /** Limits of one query; those of `createSqlEngine` unless told. */
  sqlLimits?: Parameters<typeof openQueries>[0]['limits'];
  /** How long the end of a run is tried to be stored while the database is away; a minute unless told. */
  storePatienceMs?: number | undefined;
  /** How passwords are hashed; as better-auth does it unless told. */
  passwords?: Passwords | undefined;
};

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
  const fileBytes = createFileStore({ folder: join(dataFolder, 'files') });
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

  const { accountRepository, removals, ...people } = openAccounts({
    database,
    secrets,
    baseUrl,
    onPersonChange: (userId) => keys.forgetPerson(userId),
    passwords: rest.passwords,
    findPossessions: () => ({ agents, conversations }),
  });
  const audit = createAuditService({ repository: createAuditRepository({ database }) });
  const fileRepository = createFileRepository({ database });
  const files = createFileService({
    repository: fileRepository,
    bytes: fileBytes,
    ports: { readPdf: documents.readPdf, now },
  });
  const agents = openAgents({
    database,
    agentsFolder,
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
  });
  const instanceId = v7();
  const budgets = createBudgetService({
    repository: createBudgetRepository({ database, instanceId }),
    reservations: database.kind === 'server' ? createReservationRepository({ database, instanceId }) : null,
    now,
    logError,
  });
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
  const { datasets, executions, savedQueries, tables, ...queries } = openQueries({
    ...base,
    dataFolder,
    workersFolder,
    fileBytes,
    findUsedOfFiles: fileRepository.findUsed,
    limits: rest.sqlLimits,
  });
  const contractAudits = openContractAudits({ database, workersFolder, now });
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
    openData: (actor) => ({ ...queries.openData(actor), ...dashboards.openDesk(actor) }),
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
  const { tools, speech } = openTools({
    ...base,
    agents,
    budgets,
    models,
    turns,
    listConnectedTools: connected.toolsets.listConnectedTools,
    fetch: modelEgress.fetch,
  });
  const names = openConversationNames({
    ...base,
    models,
    budgets,
    suggestTitle: turns.suggestTitle,
  });
  const { runs, instance } = openRuns({
    ...base,
    instanceId,
    agents,
    models,
    budgets,
    turns,
    files,
    metrics,
    checkCallback: (actor, url) => triggers.checkCallback(actor, url),
    onCallbackDue: () => triggers.wakeCallbacks(),
    onFirstAnswer: environment.hasModelTitles ? names.nameConversation : () => undefined,
    waitHours: environment.waitHours,
    storePatienceMs: rest.storePatienceMs,
  });
  const { conversations, shares, feedback } = openConversations({ database, agents, runs, files, now });
  const dashboards = openDashboards({
    ...base,
    accountRepository,
    executions,
    savedQueries,
    charts: toolPorts.charts,
    isSharingAllowed: async () => (await shares.readSharingSettings()).isAllowed,
  });
  const triggers = openTriggers({ ...base, agents, accountRepository, runs, secrets, egress, baseUrl });
  const embeds = openEmbeds({ database, agents, runs, conversations, files, sign: secrets.sign, now });
  const evals = openEvals({
    ...base,
    agents,
    runs,
    models,
    canMakeImages: async ({ userId }) => (await models.findImageEndpoint(userId)) !== null,
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
  const usage = createUsageService({ repository: createUsageRepository({ database }) });

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
    removeOldFirings: triggers.removeOlder,
    removeExpiredResults: executions.removeExpired,
    refreshDashboards: dashboards.service.refreshDue,
    readQuietConversations: memories.readQuiet,
    countUse: hub.countUse,
    now,
  });

  return {
    ...people,
    agents,
    audit,
    budgets,
    chains,
    contractAudits: contractAudits.service,
    conversations,
    dashboards,
    database,
    datasets,
    devnet,
    drawPortrait,
    checkGuards,
    embeds,
    evals,
    executions,
    feedback,
    files,
    hub,
    instance,
    isDatabaseReady: createDatabaseReadiness({ database }),
    jobs,
    keys,
    memories,
    metrics,
    models,
    prompts,
    proposals,
    removals,
    queryCharts: dashboards.queryCharts,
    runs,
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
      await Promise.all([evals.stop(), triggers.stop(), runs.stop(graceMs), jobs.stop(), dashboards.stop()]);
      await instance.end();
      await keys.close();
      const workers = [toolPorts, onchain, queries, documents, packages, views, contractAudits, evals, connected];
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([egress, modelEgress, personalModelEgress].map((way) => way.close()));
    },
  };
}
export type Services = ReturnType<typeof compose>;
