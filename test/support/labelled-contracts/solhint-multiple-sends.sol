//// weak: as the rule has it
contract A { function pay(address payable one, address payable other) external { require(one.send(1)); require(other.send(1)); } }
//// safe: the same without it
contract A { function pay(address payable one) external { require(one.send(1)); } }
