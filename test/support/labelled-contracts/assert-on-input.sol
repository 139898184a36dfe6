//// weak: a parameter
contract Bank { mapping(address => uint256) public held; function take(uint256 value) external { assert(value > 0); held[msg.sender] -= value; } }
//// weak: the caller
contract Owned { address public owner = msg.sender; uint256 public fee; function set() external { assert(msg.sender == owner); fee += 1; } }
//// safe: require
contract Bank { mapping(address => uint256) public held; function take(uint256 value) external { require(value > 0); held[msg.sender] -= value; } }
//// safe: what can never be
contract Bank { uint256 public total; uint256 public count; function add() external { total += 2; count += 1; assert(total == count * 2); } }
//// weak: what another contract answers
interface IFeed { function level() external view returns (uint256); }
contract Reader { IFeed private feed; function read() external view returns (uint256 level) { level = feed.level(); assert(feed.level() == level); } }
//// weak: always wrong
contract Never { function run() external pure { assert(false); } }
