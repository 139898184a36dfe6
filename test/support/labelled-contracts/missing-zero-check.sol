//// weak: a constructor
contract Owned { address public owner; constructor(address owner_) { owner = owner_; } }
//// weak: a setter
contract Fees { address public owner = msg.sender; address public taker; function setTaker(address to) external { require(msg.sender == owner); taker = to; } }
//// safe: required
contract Owned { address public owner; constructor(address owner_) { require(owner_ != address(0)); owner = owner_; } }
//// safe: a mapping's key
contract List { mapping(address => bool) public known; function add(address who) external { known[who] = true; } }
