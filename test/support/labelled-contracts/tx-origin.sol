//// weak: in a function
contract Owned { address public owner = msg.sender; uint256 public fee; function set(uint256 value) external { require(tx.origin == owner); fee = value; } }
//// weak: in a modifier
contract Owned { address public owner = msg.sender; uint256 public fee; modifier onlyOwner() { if (tx.origin != owner) revert(); _; } function set(uint256 value) external onlyOwner { fee = value; } }
//// safe: msg.sender
contract Owned { address public owner = msg.sender; uint256 public fee; function set(uint256 value) external { require(msg.sender == owner); fee = value; } }
//// safe: asks whether a contract calls
contract Sale { uint256 public sold; function buy() external { require(tx.origin == msg.sender, "no contracts"); sold += 1; } }
//// safe: asks whether the call is simulated
contract Check { error OnlySimulated(); function look() external view { if (tx.origin != address(0)) revert OnlySimulated(); } }
