//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { function no(uint one) public pure { if (one == 0) throw; } }
//// safe: the same without it
contract A { function no(uint256 one) external pure { if (one == 0) revert("none"); } }
