//// weak: transfer
contract Split { address payable[] public people; function pay() external { for (uint256 i = 0; i < people.length; i++) people[i].transfer(1); } }
//// weak: required calls
contract Split { function pay(address[] calldata to) external payable { for (uint256 i = 0; i < to.length; i++) { (bool sent, ) = to[i].call{value: 1}(""); require(sent); } } }
//// safe: failures are passed over
contract Split { uint256 public failed; function pay(address[] calldata to) external payable { for (uint256 i = 0; i < to.length; i++) { (bool sent, ) = to[i].call{value: 1}(""); if (!sent) failed++; } } }
//// safe: collected
contract Split { mapping(address => uint256) public due; function share(address[] calldata to) external payable { for (uint256 i = 0; i < to.length; i++) due[to[i]] += msg.value / to.length; } }
