import { createCreateAlertTool } from './alerts/create-alert.ts';
import { createListAlertsTool } from './alerts/list-alerts.ts';
import { createAskFormTool } from './ask-form.ts';
import { createAuditContractTool } from './audit-contract.ts';
import { createCalculatorTool } from './calculator.ts';
import { createChartTool } from './chart.ts';
import { createFindQueriesTool } from './find-queries.ts';
import { createForecastTool } from './forecast.ts';
import { createGenerateImageTool } from './generate-image.ts';
import { createIndicatorsTool } from './indicators.ts';
import { createTransferHistoryTool } from './on-chain/transfer-history.ts';
import { createEnsNameTool } from './on-chain/ens-name.ts';
import { createEventLogsTool } from './on-chain/event-logs.ts';
import { createExplainTransactionTool } from './on-chain/explain-transaction.ts';
import { createGasPriceTool } from './on-chain/gas-price.ts';
import { createNftTool } from './on-chain/nft.ts';
import { createPortfolioTool } from './on-chain/portfolio.ts';
import { createProposeTransactionTool } from './on-chain/propose-transaction.ts';
import { createListTransactionsTool } from './on-chain/list-transactions.ts';
import { createReadBlockTool } from './on-chain/read-block.ts';
import { createReadContractTool } from './on-chain/read-contract.ts';
import { createSimulateCallTool } from './on-chain/simulate-call.ts';
import { createStorageSlotTool } from './on-chain/storage-slot.ts';
import { createTokenBalanceTool } from './on-chain/token-balance.ts';
import { createTokenFactsTool } from './on-chain/token-facts.ts';
import { createTokenHoldersTool } from './on-chain/token-holders.ts';
import { createTokenPriceTool } from './on-chain/token-price.ts';
import { createListDashboardsTool } from './list-dashboards.ts';
import { createAuditDeployedContractTool } from './on-chain/audit-deployed-contract.ts';
import { createTokenDistributionTool } from './on-chain/token-distribution.ts';
import { createPoolYieldTool } from './on-chain/pool-yield.ts';
import { createTokenLiquidityTool } from './on-chain/token-liquidity.ts';
import { createWalletActivityTool } from './on-chain/wallet-activity.ts';
import { createWalletProfitTool } from './on-chain/wallet-profit.ts';
import { createListTablesTool } from './list-tables.ts';
import type { ToolPorts } from './ports.ts';
import { createProfileTableTool } from './profile-table.ts';
import { createReadWebPageTool } from './read-web-page.ts';
import { createRunCodeTool } from './run-code.ts';
import { createRunSqlTool } from './run-sql.ts';
import { createSaveToDashboardTool } from './save-to-dashboard.ts';
import { createTimeTool } from './time.ts';
import type { Tool } from './tool.ts';

export type ToolCatalogue = { list: () => Tool[]; find: (id: string) => Tool | null };

/** Every tool of the hub, in the order that the builder shows them. A new tool is one file and one line here. */
export function createToolCatalogue(ports: ToolPorts): ToolCatalogue {
  const tools = [
    createCalculatorTool(),
    createTimeTool(ports),
    createAskFormTool(),
    createReadWebPageTool(ports),
    createRunCodeTool(ports),
    createListTablesTool(),
    createFindQueriesTool(),
    createRunSqlTool(ports),
    createProfileTableTool(ports),
    createForecastTool(ports),
    createIndicatorsTool(ports),
    createChartTool(ports),
    createListDashboardsTool(),
    createSaveToDashboardTool(),
    createGenerateImageTool(ports),
    createTokenBalanceTool(ports),
    createPortfolioTool(ports),
    createTokenFactsTool(ports),
    createTransferHistoryTool(ports),
    createExplainTransactionTool(ports),
    createReadContractTool(ports),
    createEventLogsTool(ports),
    createTokenPriceTool(ports),
    createEnsNameTool(ports),
    createGasPriceTool(ports),
    createReadBlockTool(ports),
    createListTransactionsTool(ports),
    createStorageSlotTool(ports),
    createTokenHoldersTool(ports),
    createTokenDistributionTool(ports),
    createTokenLiquidityTool(ports),
    createPoolYieldTool(ports),
    createWalletActivityTool(ports),
    createWalletProfitTool(ports),
    createNftTool(ports),
    createSimulateCallTool(ports),
    createProposeTransactionTool(ports),
    createAuditContractTool(ports),
    createAuditDeployedContractTool(ports),
    createCreateAlertTool(ports),
    createListAlertsTool(),
  ];
  const byId = new Map(tools.map((tool) => [tool.id, tool]));
  return { list: () => tools, find: (id) => byId.get(id) ?? null };
}
