//// weak: over all holders
contract Pool { address[] public holders; mapping(address => uint256) public held; function join() external { holders.push(msg.sender); } function pay() external { for (uint256 i = 0; i < holders.length; i++) held[holders[i]] += 1; } }
//// weak: with while
contract Queue { uint256[] public jobs; uint256 public done; function add(uint256 job) external { jobs.push(job); } function work() external { uint256 i = 0; while (i < jobs.length) { done += jobs[i]; i++; } } }
//// safe: only looks
contract Pool { address[] public holders; function join() external { holders.push(msg.sender); } function has(address who) external view returns (bool) { for (uint256 i = 0; i < holders.length; i++) if (holders[i] == who) return true; return false; } }
//// safe: the caller's own list
contract Drop { mapping(address => uint256) public held; function give(address[] calldata to) external { for (uint256 i = 0; i < to.length; i++) held[to[i]] += 1; } }
//// safe: a part of it
contract Pool { address[] public holders; mapping(address => uint256) public held; function join() external { holders.push(msg.sender); } function pay(uint256 from, uint256 until) external { for (uint256 i = from; i < until; i++) held[holders[i]] += 1; } }
//// weak: a growing list is emptied at once
contract Creditors { address[] private creditors; function join() external { creditors.push(msg.sender); } function reset() external { creditors = new address[](0); } }
//// weak: by delete
contract Creditors { address[] private creditors; function join() external { creditors.push(msg.sender); } function reset() external { delete creditors; } }
//// safe: a list of two
contract Pair { address[2] private players; function join(uint256 at) external { players[at] = msg.sender; } function reset() external { delete players; } }
