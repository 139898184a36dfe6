//// weak: in one line
contract Shares { uint256 public total = 9; function out(uint256 given, uint256 held) external view returns (uint256) { return (given / total) * held; } }
//// weak: over two
contract Fees { function fee(uint256 value, uint256 points) external pure returns (uint256) { uint256 part = value / 10000; return part * points; } }
//// safe: multiplied first
contract Shares { uint256 public total = 9; function out(uint256 given, uint256 held) external view returns (uint256) { return (given * held) / total; } }
//// safe: rounded down on purpose
contract Grid { function floor(uint256 value, uint256 step) external pure returns (uint256) { return (value / step) * step; } }
//// safe: whole groups are counted
contract Base64 { function size(bytes calldata data) external pure returns (uint256) { return 4 * ((data.length + 2) / 3); } }
