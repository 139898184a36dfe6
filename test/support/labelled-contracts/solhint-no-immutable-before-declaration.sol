//// weak: as the rule has it
contract A { uint256 public total = part + 1; uint256 internal immutable part = 5; }
//// safe: the same without it
contract A { uint256 internal immutable part = 5; uint256 public total = part + 1; }
