//// weak: a base's variable
contract Base { address private owner = msg.sender; function who() external view returns (address) { return owner; } }
contract Token is Base { address private owner; function set() external { owner = msg.sender; } }
//// weak: a local one
contract Bank { uint256 public fee = 1; function cost(uint256 value) external pure returns (uint256) { uint256 fee = 2; return value + fee; } }
//// safe: other names
contract Base { address private owner = msg.sender; function who() external view returns (address) { return owner; } }
contract Token is Base { address private holder; function set() external { holder = msg.sender; } }
//// safe: no kinship
contract One { address private owner = msg.sender; }
contract Other { address private owner = msg.sender; }
