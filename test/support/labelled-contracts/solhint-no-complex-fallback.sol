//// weak: as the rule has it
contract A { uint256 public calls; uint256 public last; fallback() external { calls += 1; last = block.number; } }
//// safe: the same without it
contract A { uint256 public calls; fallback() external { calls += 1; } }
