//// weak: a literal
contract Fees { uint256 public fee = 30; function cost(uint256 value) external view returns (uint256) { return value * fee / 10000; } }
//// weak: set by the constructor
contract Owned { address public owner; constructor() { owner = msg.sender; } function isOwner() external view returns (bool) { return msg.sender == owner; } }
//// safe: constant
contract Fees { uint256 public constant FEE = 30; function cost(uint256 value) external pure returns (uint256) { return value * FEE / 10000; } }
//// safe: it changes
contract Fees { uint256 public fee = 30; function raise() external { fee += 1; } }
