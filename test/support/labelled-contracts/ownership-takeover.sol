//// weak: who calls becomes whom a modifier asks for
contract Fund { address private boss = msg.sender; modifier onlyBoss() { require(msg.sender == boss); _; } receive() external payable {}
  function begin() external { boss = msg.sender; }
  function empty() external onlyBoss { payable(msg.sender).transfer(address(this).balance); } }
//// weak: anybody puts anybody on the list
contract Club { mapping(address => address) public invitedBy; modifier onlyMember() { require(invitedBy[msg.sender] != address(0)); _; } receive() external payable {}
  function invite(address guest) external { invitedBy[guest] = msg.sender; }
  function empty() external onlyMember { payable(msg.sender).transfer(address(this).balance); } }
//// weak: the place is named by the caller
contract Vault { address private creator = msg.sender; function hand(address next) external { creator = next; }
  function close(uint256 value) external { if (msg.sender != creator) revert(); payable(creator).transfer(value); } }
//// safe: only who has the place hands it on
contract Fund { address private boss = msg.sender; address private next; function offer(address to) external { require(msg.sender == boss); next = to; }
  function take() external { require(msg.sender == next); boss = msg.sender; } }
//// safe: inside of an if that asks who calls
contract Fund { address private boss = msg.sender; function hand(address to) external { if (msg.sender == boss) { boss = to; } }
  function close() external { require(msg.sender == boss); payable(boss).transfer(1); } }
//// safe: members invite members
contract Club { mapping(address => address) public invitedBy; modifier onlyMember() { require(invitedBy[msg.sender] != address(0)); _; }
  function invite(address guest) external onlyMember { invitedBy[guest] = msg.sender; } }
//// safe: the place is paid for
contract Throne { address private king; uint256 private price; mapping(address => uint256) private owed;
  function climb() external payable { require(msg.value > price); owed[king] += price; price = msg.value; king = msg.sender; }
  function decree() external view returns (bool) { return msg.sender == king; } }
