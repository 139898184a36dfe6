//// weak: as the rule has it
contract A { function ask(address to, bytes calldata what) external { to.call(what); } }
//// safe: the same without it
contract A { function ask(address to, bytes calldata what) external { (bool done, ) = to.call(what); require(done); } }
