import type { LocalizedText } from './localized-text.ts';

/** What the parameters of tools for chains, audits and alerts are; the English is what their schemas tell to models. */
export const chainParameterWords: readonly LocalizedText[] = [
  { en: 'The chain. Ethereum mainnet when the person names none.', zh: '链。用户未指明时为以太坊主网。' },
  {
    en: 'The address to look at: 0x and 40 hexadecimal digits (or an ENS name).',
    zh: '要查看的地址：0x 加 40 位十六进制数字（或 ENS 域名）。',
  },
  {
    en: "The token's contract address, or USDC, USDT, DAI, WETH. Left out: the chain's own coin.",
    zh: '代币的合约地址，或 USDC、USDT、DAI、WETH。不填则为该链的原生币。',
  },
  { en: 'Read at this block number. Left out: the latest.', zh: '读取该区块高度时的状态。不填则为最新区块。' },
  { en: 'Only these chains. Left out: all.', zh: '仅查询这些链。不填则查询全部。' },
  {
    en: 'More tokens: 0x… (looked for on each chain) or chain:0x….',
    zh: '更多代币：0x…（在每条链上查找）或 chain:0x…。',
  },
  {
    en: 'Read at this block number, of one chain. Left out: the latest.',
    zh: '读取某一条链在该区块高度时的状态。不填则为最新区块。',
  },
  {
    en: 'Also price and value each asset in US dollars, by feeds and pools on its chain, with a total.',
    zh: '同时按链上的喂价和交易池，给出每项资产的美元价格与价值，并合计总值。',
  },
  {
    en: "The token's contract address, or a well-known symbol such as USDC, USDT, DAI, WETH.",
    zh: '代币的合约地址，或知名代币的符号，例如 USDC、USDT、DAI、WETH。',
  },
  { en: 'Only this token: contract or symbol.', zh: '仅限此代币：合约地址或符号。' },
  { en: 'The first block. Left out: as many days back as said.', zh: '起始区块。不填则按 days 往回推算。' },
  { en: 'The last block. Left out: the latest.', zh: '结束区块。不填则为最新区块。' },
  { en: 'How many days back, 1 unless said.', zh: '往回多少天，不填则为 1 天。' },
  { en: 'The chain. Left out: the one on which it is found.', zh: '链。不填则为找到它的那条链。' },
  { en: 'The transaction hash: 0x and 64 hexadecimal digits.', zh: '交易哈希：0x 加 64 位十六进制数字。' },
  { en: "The contract's address: 0x and 40 digits.", zh: '合约地址：0x 加 40 位十六进制数字。' },
  { en: 'The function: its name, or its signature with "returns (…)".', zh: '函数：名称，或带“returns (…)”的签名。' },
  {
    en: 'Its arguments in order; integers as text, in smallest units.',
    zh: '按顺序给出的参数；整数写成文本，以最小单位计。',
  },
  {
    en: 'The ABI as JSON, or lines of Solidity, where it is not known.',
    zh: '未知 ABI 时填写：JSON 格式的 ABI，或几行 Solidity 声明。',
  },
  { en: 'The event: its name, signature, or topic hash.', zh: '事件：名称、签名或主题哈希。' },
  {
    en: 'Indexed arguments that must be equal, by name: {"from":"0x…"}.',
    zh: '须与之相等的索引参数，按名称填写：{"from":"0x…"}。',
  },
  {
    en: "The token's contract address or symbol (USDC, WETH). Left out: the chain's own coin.",
    zh: '代币的合约地址或符号（USDC、WETH）。不填则为该链的原生币。',
  },
  { en: 'A Chainlink feed to read instead of the known one.', zh: '改为读取此 Chainlink 喂价，而非已知的喂价。' },
  { en: 'A pool to read instead of the known exchanges.', zh: '改为读取此交易池，而非已知的交易所。' },
  { en: 'The ENS name, or the 0x address.', zh: 'ENS 域名，或 0x 开头的地址。' },
  {
    en: 'The chain whose names are read. Left out: Ethereum; for names under .test the devnet.',
    zh: '查询哪条链上的域名。不填则为以太坊；.test 域名则为开发网。',
  },
  { en: 'How many past blocks, 20 unless said.', zh: '往回多少个区块，不填则为 20 个。' },
  {
    en: 'Number, hash, "latest" or "finalized". Left out: the latest.',
    zh: '区块高度、哈希、“latest”或“finalized”。不填则为最新区块。',
  },
  { en: 'Whose transactions. Left out: all of the block.', zh: '查询谁的交易。不填则为该区块的全部交易。' },
  {
    en: 'Of this block; beside an address, up to this block. Left out: the latest.',
    zh: '此区块的交易；同时填写地址时，为截至此区块的交易。不填则为最新区块。',
  },
  { en: 'How many to list, 10 unless said.', zh: '列出多少项，不填则为 10 项。' },
  {
    en: 'The number of the slot (decimal or 0x), or implementation, admin, beacon.',
    zh: '存储槽编号（十进制或 0x），或 implementation、admin、beacon。',
  },
  { en: 'How many to list, 20 unless said.', zh: '列出多少项，不填则为 20 项。' },
  { en: 'How many holders to list, 20 unless said.', zh: '列出多少个持有者，不填则为 20 个。' },
  {
    en: 'The address of the pool or vault; or a token symbol such as WETH, or a pair such as WETH/USDC, whose deepest known pool is meant.',
    zh: '资金池或金库的地址；也可填写代币符号（例如 WETH）或交易对（例如 WETH/USDC），即指其已知的最深资金池。',
  },
  { en: 'How many days back, 30 unless said.', zh: '往回多少天，不填则为 30 天。' },
  { en: '0x and 40 digits, or an ENS name.', zh: '0x 加 40 位十六进制数字，或 ENS 域名。' },
  {
    en: 'Further addresses of the same person: transfers between them are left out.',
    zh: '同一人的其他地址：它们之间的转账不计入。',
  },
  {
    en: 'The time zone of days and hours, such as Asia/Shanghai; UTC unless said.',
    zh: '日期与小时所用的时区，例如 Asia/Shanghai；不填则为 UTC。',
  },
  {
    en: 'Which counterparties come first: those of most transfers, or of the largest amount received or sent.',
    zh: '交易对手的排序：按转账笔数，或按收到或发出的数额，从大到小。',
  },
  {
    en: 'Of received or sent: which token is compared, by contract or symbol.',
    zh: '按收到或发出的数额排序时：比较哪种代币，填写合约地址或符号。',
  },
  { en: 'Whether to draw the counterparties and the active hours.', zh: '是否绘制交易对手图与活跃时段图。' },
  { en: 'The token id (number of the piece).', zh: '藏品编号（token id）。' },
  { en: 'An address: what it holds of the collection.', zh: '一个地址：查询它在该系列中的持有情况。' },
  { en: 'The wallet address that sends.', zh: '发送方的钱包地址。' },
  { en: 'The contract address or receiver.', zh: '合约地址或接收方。' },
  { en: 'Coins to send along, in whole coins such as 0.5.', zh: '随交易发送的原生币，以整币计，例如 0.5。' },
  {
    en: 'The function to call: name or signature. Left out: a transfer.',
    zh: '要调用的函数：名称或签名。不填则为转账。',
  },
  { en: 'Call data (0x…) instead of a function.', zh: '代替函数的调用数据（0x…）。' },
  {
    en: 'What is to be different: balance in smallest units, code, storage slots.',
    zh: '要假设的不同之处：余额（以最小单位计）、代码、存储槽。',
  },
  {
    en: 'The wallet address that receives, the spender of an approval, or the contract to call.',
    zh: '接收方的钱包地址、授权的被授权方，或要调用的合约。',
  },
  {
    en: 'How much to send or approve, in whole units such as 1.5; 0 for a mere call or to revoke; "unlimited" only where the person says so.',
    zh: '发送或授权的数额，以整单位计，例如 1.5；仅调用函数或撤销授权时为 0；只有用户明确要求时才填“unlimited”（无限额）。',
  },
  {
    en: "The token: contract or symbol. Left out: the chain's own coin.",
    zh: '代币：合约地址或符号。不填则为该链的原生币。',
  },
  { en: 'What is done with the token; send unless said.', zh: '对代币的操作；不填则为 send（发送）。' },
  {
    en: 'The Solidity source code, whole and unchanged. Begin each of several files with a line such as "// File: src/Bank.sol".',
    zh: '完整且未改动的 Solidity 源码。有多个文件时，每个文件以“// File: src/Bank.sol”这样的一行开头。',
  },
  {
    en: 'Only where one matter is asked about ("is it safe against re-entrancy?"): the answer to that and its findings, and no others.',
    zh: '仅在询问某一个问题（例如“能防重入吗？”）时填写：只给出该问题的回答及相关发现。',
  },
  {
    en: 'What is watched. Each kind needs the fields that name it in their description.',
    zh: '监视的内容。每一种都需要填写说明中提到它的那些字段。',
  },
  { en: 'A short name. Left out, one is made.', zh: '简短的名称。不填则自动生成。' },
  {
    en: "balance, transfer: whose; 0x… or an ENS name. Left out of a transfer: any transfer of the token, whoever's.",
    zh: 'balance、transfer：谁的地址；0x… 或 ENS 域名。transfer 不填则指该代币的任何转账，不论是谁。',
  },
  {
    en: 'How much would be traded, in whole tokens; a trade is reckoned from the reserves.',
    zh: '要交易的数量，以整个代币计；按资金池储备计算。',
  },
  {
    en: 'What tradeAmount is of: the token itself (the default) or what it is traded for.',
    zh: 'tradeAmount 是哪种代币的数量：该代币本身（默认），或与它交易的代币。',
  },
  {
    en: 'Whether tradeAmount is what is received, rather than paid.',
    zh: 'tradeAmount 是否为换得的数量，而不是付出的数量。',
  },
  {
    en: 'balance, transfer, price: a symbol, an address, or native.',
    zh: 'balance、transfer、price：代币符号、地址，或 native（原生币）。',
  },
  { en: 'balance, price, query: how the figure is compared.', zh: 'balance、price、query：数值的比较方式。' },
  {
    en: 'balance, price, query: the number to compare with, in whole tokens.',
    zh: 'balance、price、query：用于比较的数值，以整代币计。',
  },
  { en: 'transfer: received, sent, or both.', zh: 'transfer：收到、发出，或两者。' },
  { en: 'transfer: the least amount, in whole tokens.', zh: 'transfer：最小数额，以整代币计。' },
  {
    en: 'event: its name or signature, such as "Transfer(address,address,uint256)".',
    zh: 'event：事件的名称或签名，例如“Transfer(address,address,uint256)”。',
  },
  { en: 'event: the contract that emits it.', zh: 'event：发出该事件的合约。' },
  { en: 'event: arguments that must be equal, by name.', zh: 'event：须与之相等的参数，按名称填写。' },
  { en: 'query: the number or identifier of a saved query.', zh: 'query：已保存查询的编号或标识符。' },
  {
    en: 'query: the column of the first row; left out, the number of rows.',
    zh: 'query：取第一行的哪一列；不填则取行数。',
  },
  { en: 'query: how often it is run.', zh: 'query：多久运行一次，以分钟计。' },
  {
    en: 'message: tells the person in a conversation; ask: you are asked about it; list: only on their page.',
    zh: 'message：在对话中告知用户；ask：向智能体提问；list：只显示在用户的页面上。',
  },
  { en: 'ask: what you will be asked.', zh: 'ask：向智能体提出的问题。' },
  { en: 'How many of the latest firings you want to see.', zh: '想看最近多少次触发。' },
];
