//// weak: storage
contract Raw { function put(uint256 value) external { assembly { sstore(0, value) } } }
//// weak: a return
contract Raw { function get() external pure { assembly { mstore(0, 1) return(0, 32) } } }
//// safe: none
contract Plain { uint256 public value; function put(uint256 to) external { value = to; } }
//// safe: the chain's id
contract Chain { function id() external view returns (uint256 found) { assembly { found := chainid() } } }
