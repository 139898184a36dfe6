//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { function draw() public view returns (bytes32) { return block.blockhash(block.number - 1); } }
//// safe: the same without it
contract A { function now_() external view returns (uint256) { return block.number; } }
