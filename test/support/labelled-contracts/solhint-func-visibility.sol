//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { uint private one; function set(uint value) { one = value; } }
//// safe: the same without it
contract A { uint256 private one; constructor() { one = 1; } function set(uint256 value) external { one = value; } }
