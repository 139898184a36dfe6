//// weak: as the rule has it
contract A { event Seen(address by); function see() external { emit Seen(tx.origin); } }
//// safe: the same without it
contract A { struct Thing { address origin; } Thing public thing; event Seen(address by); function see() external { emit Seen(thing.origin); } }
