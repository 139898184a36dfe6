//// weak: as the rule has it
contract A { uint256 public end; function close() external view returns (bool) { return block.timestamp > end; } }
//// safe: the same without it
contract A { struct Note { uint256 timestamp; } Note public note; function read() external view returns (uint256) { return note.timestamp; } }
