/** What people call the same thing in Chinese and English: each row is one meaning. Latin words stand without their plural. */
const meanings: string[][] = [
  ['转账', '转帐', 'transfer', 'payment'],
  ['流入', '转入', '入金', 'inflow', 'incoming', 'deposit', 'inbound'],
  ['流出', '转出', '提现', 'outflow', 'outgoing', 'withdrawal', 'outbound'],
  ['净', 'net'],
  ['稳定币', 'stablecoin', 'usdc', 'usdt', 'dusd', 'dai'],
  ['余额', '持仓', 'balance', 'holding'],
  ['持有者', '持有人', '大户', '巨鲸', 'holder', 'whale', 'owner'],
  ['兑换', '交换', '换币', 'swap', 'trade'],
  ['交易所', 'exchange', 'dex', 'pool'],
  ['交易', 'transaction', 'tx', 'trade'],
  ['交易量', '成交量', '兑换量', 'volume'],
  ['流动性', 'liquidity'],
  ['资金池', '池子', 'pool'],
  ['价格', '币价', '行情', 'price'],
  ['代币', '币种', 'token', 'coin'],
  ['区块', 'block'],
  ['手续费', '燃料费', 'gas', 'fee'],
  ['授权', 'approval', 'allowance'],
  ['藏品', 'nft', 'erc721', 'collectible'],
  ['地址', '钱包', '账户', 'address', 'wallet', 'account'],
  ['发送方', '付款方', 'sender', 'payer'],
  ['接收方', '收款方', 'receiver', 'recipient'],
  ['增长', '变化', 'growth', 'change'],
  ['每日', '每天', '按天', '日', 'daily', 'day'],
  ['每周', '按周', '周', 'weekly', 'week'],
  ['每月', '按月', '月度', '月', 'monthly', 'month'],
  ['每年', '年度', '年', 'yearly', 'annual', 'year'],
  ['总额', '总计', '合计', 'total', 'sum'],
  ['平均', '均值', 'average', 'mean'],
  ['排名', '排行', '前十', 'top', 'ranking', 'largest'],
  ['工资', '薪资', '薪水', 'salary', 'wage', 'payroll'],
  ['部门', 'department', 'team'],
  ['员工', 'staff', 'employee'],
  ['销售', '销售额', 'sale', 'revenue'],
  ['收入', '营收', 'revenue', 'income'],
  ['成本', '费用', 'cost', 'expense'],
  ['利润', '盈利', 'profit', 'margin'],
  ['订单', 'order'],
  ['客户', '顾客', 'customer', 'client'],
  ['产品', '商品', 'product', 'item'],
  ['地区', '区域', 'region', 'area'],
  ['国家', 'country'],
  ['用户', 'user', 'member'],
  ['库存', 'stock', 'inventory'],
  ['错误', '失败', 'error', 'failed', 'failure'],
];

const chinese = meanings
  .flatMap((row, meaning) => row.filter((word) => /\p{Script=Han}/u.test(word)).map((word) => ({ word, meaning })))
  .sort((one, other) => other.word.length - one.word.length);

/** The meanings that a text speaks of, by number, in whichever language. Longer Chinese words hide shorter ones. Pure. */
export function findMeanings(text: string): Set<number> {
  const small = text.toLowerCase();
  const latin = (small.match(/[\p{Script=Latin}\d]+/gu) ?? []).map((word) =>
    word.length > 3 ? word.replace(/s$/, '') : word,
  );
  const words = new Set(latin);
  const found = new Set(meanings.flatMap((row, meaning) => (row.some((word) => words.has(word)) ? [meaning] : [])));
  let left = small;
  for (const word of new Set(chinese.map((one) => one.word))) {
    if (!left.includes(word)) continue;
    for (const one of chinese) if (one.word === word) found.add(one.meaning);
    left = left.replaceAll(word, ' ');
  }
  return found;
}
