//// weak: to the caller
contract Bank { mapping(address => uint256) public held; function take() external { uint256 value = held[msg.sender]; held[msg.sender] = 0; payable(msg.sender).transfer(value); } }
//// weak: to an owner
contract Pot { address payable public owner = payable(msg.sender); function take() external { require(msg.sender == owner); owner.transfer(address(this).balance); } }
//// safe: call
contract Bank { mapping(address => uint256) public held; function take() external { uint256 value = held[msg.sender]; held[msg.sender] = 0; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); } }
//// safe: a token's transfer
interface IERC20 { function transfer(address to, uint256 value) external returns (bool); }
contract Payer { IERC20 public token; function pay(address to) external { require(token.transfer(to, 1)); } }
