//// weak: a fee
contract Fees { address public owner = msg.sender; uint256 public fee; modifier onlyOwner() { require(msg.sender == owner); _; } function setFee(uint256 value) external onlyOwner { fee = value; } }
//// weak: an address
contract Fees { address public owner = msg.sender; address public taker; function setTaker(address to) external { require(msg.sender == owner && to != address(0)); taker = to; } }
//// safe: told
contract Fees { event FeeChanged(uint256 fee); address public owner = msg.sender; uint256 public fee; function setFee(uint256 value) external { require(msg.sender == owner); fee = value; emit FeeChanged(value); } }
//// safe: not privileged
contract Notes { uint256 public last; function note(uint256 value) external { last = value; } }
