//// weak: a number
contract Pot { uint256 total; function add() external { total += 1; } }
//// weak: a mapping
contract Pot { mapping(address => uint256) held; function add() external { held[msg.sender] += 1; } }
//// safe: said
contract Pot { uint256 private total; function add() external { total += 1; } }
//// safe: a local variable
contract Pot { function add() external pure returns (uint256) { uint256 total = 1; return total; } }
