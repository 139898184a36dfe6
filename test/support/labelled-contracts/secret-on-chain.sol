//// weak: a password
contract Game { string private password; function guess(string calldata word) external view returns (bool) { return keccak256(bytes(word)) == keccak256(bytes(password)); } }
//// weak: an answer
contract Quiz { uint256 private answer = 42; function guess(uint256 value) external view returns (bool) { return value == answer; } }
//// safe: a hash
contract Game { bytes32 private passwordHash; function guess(string calldata word) external view returns (bool) { return keccak256(bytes(word)) == passwordHash; } }
//// safe: something else
contract Pot { uint256 private total; function add() external { total += 1; } }
