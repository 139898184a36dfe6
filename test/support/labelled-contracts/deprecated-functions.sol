//// weak: throw and now
pragma solidity ^0.4.24;
contract Old { uint256 public at; function go() public { if (now < at) throw; } }
//// weak: sha3 and suicide
pragma solidity ^0.4.24;
contract Old { address public owner; function end(bytes32 word) public { require(msg.sender == owner); if (sha3(word) == bytes32(0)) suicide(owner); } }
//// safe: today's words
contract New { uint256 public at; function go() public view { if (block.timestamp < at) revert(); } }
//// safe: a variable of that name in a text
contract New { string public word = "now throw suicide"; function hash() public view returns (bytes32) { return keccak256(bytes(word)); } }
