//// weak: 2300
contract Payer { function pay(address to) external payable { (bool sent, ) = to.call{value: msg.value, gas: 2300}(""); require(sent); } }
//// weak: to a contract
interface IHook { function go() external; }
contract Caller { function go(IHook hook) external { hook.go{gas: 50000}(); } }
//// safe: all of it
contract Payer { function pay(address to) external payable { (bool sent, ) = to.call{value: msg.value}(""); require(sent); } }
//// safe: a variable
interface IHook { function go() external; }
contract Caller { uint256 public limit; function go(IHook hook) external { hook.go{gas: limit}(); } }
