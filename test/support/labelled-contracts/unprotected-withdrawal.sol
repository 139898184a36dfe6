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
//// weak: what is owed stays written down
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; } function refund() external { payable(msg.sender).transfer(held[msg.sender]); } }
//// weak: the comparison is the wrong way round
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take(uint256 value) external { require(value >= held[msg.sender]); held[msg.sender] = 0; payable(msg.sender).transfer(value); } }
//// safe: marked as paid in another list
contract Drop { mapping(address => uint256) public share; mapping(address => bool) public paid; receive() external payable {}
  function take() external { require(!paid[msg.sender]); paid[msg.sender] = true; payable(msg.sender).transfer(share[msg.sender]); } }
//// safe: a list of owners, by what is kept there
contract Fund { mapping(address => address) public invitedBy; modifier onlyMember() { require(invitedBy[msg.sender] != address(0)); _; } receive() external payable {}
  function empty() external onlyMember { payable(msg.sender).transfer(address(this).balance); } }
