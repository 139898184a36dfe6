//// weak: as the rule has it
contract A { function ask(address to, bytes calldata what) external { (bool done, ) = to.call(what); require(done); } }
//// safe: the same without it
contract A { function pay(address to) external { (bool done, ) = to.call{ value: 1 }(""); require(done); } }
