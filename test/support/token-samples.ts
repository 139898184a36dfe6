import { readFileSync } from 'node:fs';

const chinese = `稳定币的储备是否充足，要看发行方公布的证明，也要看链上的数据。一份证明只说明某一天的情况，而链上的转账记录每个区块都在增加。
如果您想了解某个地址最近三十天的资金流向，可以先查询它持有的代币，再按时间列出转入和转出，最后把大额的几笔单独核对。
请注意，同名的代币不一定是同一个合约，金额为零的转账常常是为了让相似的地址出现在记录里。复制地址之前，应当逐字比较，而不是只看开头和结尾的几个字符。
智能体会为每一个数字注明来源：链的编号、区块的高度和时间。没有来源的数字不应该出现在回答里。`;

const code = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

contract Vault {
    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    event Deposit(address indexed owner, uint256 amount);
    event Withdraw(address indexed owner, uint256 amount);
    error InsufficientBalance(uint256 available, uint256 required);

    function deposit() external payable {
        balanceOf[msg.sender] += msg.value;
        totalSupply += msg.value;
        emit Deposit(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        uint256 available = balanceOf[msg.sender];
        if (available < amount) revert InsufficientBalance(available, amount);
        balanceOf[msg.sender] = available - amount;
        totalSupply -= amount;
        (bool sent, ) = msg.sender.call{value: amount}("");
        require(sent, "Transfer failed");
        emit Withdraw(msg.sender, amount);
    }
}
`;

/** What a chain tool brings: hashes, addresses, amounts; always the same. */
function writeTransfers(): string {
  let state = 7;
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
  const hex = (length: number) => Array.from({ length }, () => (next() >> 8) % 16).map((digit) => digit.toString(16));
  const word = (length: number) => `0x${hex(length).join('')}`;
  const transfers = Array.from({ length: 20 }, () => ({
    hash: word(64),
    from: word(40),
    to: word(40),
    value: String(next() * 1_000_003),
    block: 19_000_000 + (next() % 1_000_000),
  }));
  return JSON.stringify(transfers);
}

/** Texts of four kinds whose tokens were counted with published tokenizers (`test/runtime/token-counts.test.ts`). */
export const tokenSamples = {
  english: readFileSync('LICENSE', 'utf8'),
  chinese,
  code,
  transfers: writeTransfers(),
};
