//// weak: a payment
pragma solidity ^0.4.24;
contract Pot { function pay(address to) { to.transfer(1); } }
//// weak: a helper
pragma solidity ^0.4.11;
contract Pot { uint256 total; function _add(uint256 value) { total += value; } function add() public { _add(1); } }
//// safe: internal
pragma solidity ^0.4.24;
contract Pot { uint256 total; function _add(uint256 value) internal { total += value; } function add() public { _add(1); } }
//// safe: external
contract Pot { uint256 public total; function add() external { total += 1; } }
