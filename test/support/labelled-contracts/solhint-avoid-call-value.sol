//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { function pay(address to) public { require(to.call.value(1)()); } }
//// safe: the same without it
contract A { function pay(address to) external { (bool done, ) = to.call{ value: 1 }(""); require(done); } }
