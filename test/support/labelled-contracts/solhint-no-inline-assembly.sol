//// weak: as the rule has it
contract A { function size(address target) external view returns (uint256 found) { assembly { found := extcodesize(target) } } }
//// safe: the same without it
contract A { function size(address target) external view returns (uint256) { return target.code.length; } }
