//// weak: the last bidder is paid back before the next one leads
contract Auction { address payable private leader; uint256 private bid;
  function offer() external payable { require(msg.value > bid); leader.transfer(bid); leader = payable(msg.sender); bid = msg.value; } }
//// weak: by send, required
contract Auction { address payable private leader; uint256 private bid;
  function offer() external payable { require(msg.value > bid); if (leader != address(0)) { require(leader.send(bid)); } leader = payable(msg.sender); bid = msg.value; } }
//// weak: by call, its result required
contract Auction { address private leader; uint256 private bid;
  function offer() external payable { require(msg.value > bid); address last = leader; leader = msg.sender; uint256 back = bid; bid = msg.value; (bool paid, ) = payable(leader).call{value: back}(""); require(paid); last; } }
//// safe: what is owed is written down
contract Auction { address private leader; uint256 private bid; mapping(address => uint256) private owed;
  function offer() external payable { require(msg.value > bid); owed[leader] += bid; leader = msg.sender; bid = msg.value; }
  function collect() external { uint256 value = owed[msg.sender]; owed[msg.sender] = 0; payable(msg.sender).transfer(value); } }
//// safe: where it fails the next one comes all the same
contract Auction { address payable private leader; uint256 private bid;
  function offer() external payable { require(msg.value > bid); bool paid = leader.send(bid); if (paid) { bid = 0; } leader = payable(msg.sender); bid = msg.value; } }
