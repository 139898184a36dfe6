//// weak: transfer
interface IERC20 { function transfer(address to, uint256 value) external returns (bool); }
contract Payer { IERC20 public immutable token; constructor(IERC20 token_) { token = token_; } function pay(address to) external { token.transfer(to, 1); } }
//// weak: transferFrom of an address
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Taker { mapping(address => uint256) public held; function take(address token, uint256 value) external { IERC20(token).transferFrom(msg.sender, address(this), value); held[msg.sender] += value; } }
//// safe: required
interface IERC20 { function transfer(address to, uint256 value) external returns (bool); }
contract Payer { IERC20 public immutable token; constructor(IERC20 token_) { token = token_; } function pay(address to) external { require(token.transfer(to, 1)); } }
//// safe: an NFT answers nothing
interface IERC721 { function transferFrom(address from, address to, uint256 id) external; }
contract Taker { function take(IERC721 token, uint256 id) external { token.transferFrom(msg.sender, address(this), id); } }
//// safe: coins
contract Payer { function pay(address payable to) external payable { to.transfer(msg.value); } }
