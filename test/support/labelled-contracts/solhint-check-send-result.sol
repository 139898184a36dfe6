//// weak: as the rule has it
contract A { function pay(address payable to) external { to.send(1); } }
//// safe: the same without it
contract A { function pay(address payable to) external { require(to.send(1), "not sent"); } }
