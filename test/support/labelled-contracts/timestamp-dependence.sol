//// weak: the last digits
contract Game { function play() external payable { if (block.timestamp % 15 == 0) payable(msg.sender).transfer(address(this).balance); } }
//// weak: one exact second
contract Sale { uint256 public opensAt; function open() external view returns (bool) { return block.timestamp == opensAt; } }
//// safe: before and after
contract Sale { uint256 public opensAt; function open() external view returns (bool) { return block.timestamp >= opensAt; } }
//// safe: kept
contract Log { uint256 public last; function touch() external { last = block.timestamp; } }
//// weak: blocks counted as time
contract Lock { mapping(address => uint256) public until; function lock(uint256 time) external { until[msg.sender] = block.number + (time / 12); } }
//// safe: blocks counted as blocks
contract Lock { mapping(address => uint256) public until; function lock(uint256 blocks) external { until[msg.sender] = block.number + blocks; } }
