/** The first question to the devnet lays its tables. */
export const firstDevnetQuery = `SELECT t.symbol, count(*) AS transfers
FROM devnet.erc20_transfers AS e JOIN devnet.tokens AS t USING (contract_address)
GROUP BY t.symbol ORDER BY transfers DESC`;
