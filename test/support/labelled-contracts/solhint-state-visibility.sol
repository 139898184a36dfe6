//// weak: as the rule has it
contract A { uint256 one; function read() external view returns (uint256) { return one; } }
//// safe: the same without it
contract A { uint256 private one; function read() external view returns (uint256) { return one; } }
