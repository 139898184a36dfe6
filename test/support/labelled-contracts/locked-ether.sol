//// weak: receive
contract Pot { receive() external payable {} }
//// weak: a paid function
contract Sale { mapping(address => uint256) public bought; function buy() external payable { bought[msg.sender] += msg.value; } }
//// safe: a way out
contract Pot { address payable public owner = payable(msg.sender); receive() external payable {} function take() external { require(msg.sender == owner); owner.transfer(address(this).balance); } }
//// safe: handed on at once
contract Pass { address public immutable to = msg.sender; receive() external payable { (bool sent, ) = to.call{value: msg.value}(""); require(sent); } }
//// safe: takes none
contract Sale { mapping(address => uint256) public bought; function buy(uint256 value) external { bought[msg.sender] += value; } }
