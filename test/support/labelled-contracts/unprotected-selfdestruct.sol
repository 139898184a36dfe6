//// weak: no check
contract Doomed { receive() external payable {} function end() external { selfdestruct(payable(msg.sender)); } }
//// weak: a check of something else
contract Doomed { receive() external payable {} function end(address payable to, uint256 code) external { require(code > 3); selfdestruct(to); } }
//// safe: the owner's
contract Doomed { address public owner = msg.sender; receive() external payable {} function end() external { require(msg.sender == owner); selfdestruct(payable(owner)); } }
//// safe: internal, called behind a modifier
contract Doomed { address public owner = msg.sender; modifier onlyOwner() { require(msg.sender == owner); _; } receive() external payable {} function end() external onlyOwner { _end(); } function _end() internal { selfdestruct(payable(owner)); } }
//// weak: for the owner, whom anybody can become
contract Doomed { address public owner; receive() external payable {} function initialize(address owner_) external { owner = owner_; } function end(address payable to) external { require(msg.sender == owner); selfdestruct(to); } }
//// safe: inside of an if that asks who calls
contract Old { address payable private boss = payable(msg.sender); function end() external { if (msg.sender == boss) { selfdestruct(boss); } } }
