//// weak: any target and data
contract Router { function go(address target, bytes calldata data) external { (bool done, ) = target.call(data); require(done); } }
//// weak: with value
contract Router { function go(address payable target, bytes memory data) external payable { (bool done, ) = target.call{value: msg.value}(data); require(done); } }
//// safe: listed targets
contract Router { mapping(address => bool) public allowed; function go(address target, bytes calldata data) external { require(allowed[target]); (bool done, ) = target.call(data); require(done); } }
//// safe: the owner's
contract Wallet { address public owner = msg.sender; function go(address target, bytes calldata data) external { require(msg.sender == owner); (bool done, ) = target.call(data); require(done); } }
//// safe: no data of the caller
contract Payer { mapping(address => uint256) public due; function pay(address to) external { uint256 value = due[to]; due[to] = 0; (bool done, ) = to.call{value: value}(""); require(done); } }
