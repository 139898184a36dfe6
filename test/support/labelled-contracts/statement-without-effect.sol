//// weak: compared where it should be stored
contract Box { mapping(address => uint256) private held; function put(uint256 value) external payable { require(msg.value == value); held[msg.sender] == value; } }
//// weak: a sum that nobody keeps
contract Count { uint256 private all; function add(uint256 more) external { all + more; } function read() external view returns (uint256) { return all; } }
//// weak: an amount was set and nothing was called
pragma solidity ^0.5.0;
contract Box { mapping(address => uint256) private held; function take(uint256 value) external { require(value <= held[msg.sender]); held[msg.sender] = held[msg.sender] - value; msg.sender.call.value(value); } }
//// safe: stored
contract Box { mapping(address => uint256) private held; function put(uint256 value) external payable { require(msg.value == value); held[msg.sender] = value; } }
//// safe: named to keep the compiler quiet
contract Box { function put(uint256 value) external pure { value; } }
//// safe: called
pragma solidity ^0.5.0;
contract Box { mapping(address => uint256) private held; function take(uint256 value) external { require(value <= held[msg.sender]); held[msg.sender] = held[msg.sender] - value; (bool sent, ) = msg.sender.call.value(value)(""); require(sent); } }
