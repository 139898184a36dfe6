//// weak: send
contract Payer { function pay(address payable to) external payable { to.send(msg.value); } }
//// weak: call
contract Payer { function pay(address to) external payable { to.call{value: msg.value}(""); } }
//// weak: the result has a name and is not used
contract Payer { function pay(address to) external payable { (bool sent, ) = to.call{value: msg.value}(""); } }
//// safe: required
contract Payer { function pay(address to) external payable { (bool sent, ) = to.call{value: msg.value}(""); require(sent, "no"); } }
//// safe: handled
contract Payer { uint256 public failed; function pay(address payable to) external payable { if (!to.send(msg.value)) failed += 1; } }
//// safe: a contract's own function that is named send
interface ISender { function send(uint256 value) external; }
contract Payer { function pay(ISender to) external { to.send(1); } }
