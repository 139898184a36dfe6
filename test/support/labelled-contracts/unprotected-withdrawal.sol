//// weak: all of it
contract Pot { receive() external payable {} function take() external { payable(msg.sender).transfer(address(this).balance); } }
//// weak: to whom they name
contract Pot { receive() external payable {} function take(address to, uint256 value) external { (bool sent, ) = to.call{value: value}(""); require(sent); } }
//// safe: the owner's
contract Pot { address public owner = msg.sender; receive() external payable {} function take() external { require(msg.sender == owner); payable(msg.sender).transfer(address(this).balance); } }
//// safe: what the caller is owed
contract Pot { mapping(address => uint256) public held; receive() external payable { held[msg.sender] += msg.value; } function take(uint256 value) external { held[msg.sender] -= value; payable(msg.sender).transfer(value); } }
//// safe: to the owner, whoever calls
contract Pot { address payable public immutable treasury = payable(msg.sender); receive() external payable {} function sweep() external { treasury.transfer(address(this).balance); } }
