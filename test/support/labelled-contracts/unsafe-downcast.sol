//// weak: a parameter
contract Bank { mapping(address => uint128) public held; function put(uint256 value) external { held[msg.sender] += uint128(value); } }
//// weak: a variable
contract Clock { uint256 public total; uint32 public small; function cut() external { small = uint32(total); } }
//// safe: checked
contract Bank { mapping(address => uint128) public held; function put(uint256 value) external { require(value <= type(uint128).max); held[msg.sender] += uint128(value); } }
//// safe: to more bits
contract Bank { uint256 public total; function put(uint128 value) external { total += uint256(value); } }
