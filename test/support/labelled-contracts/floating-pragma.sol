//// weak: a caret
pragma solidity ^0.8.20;
contract A { }
//// weak: from some version on
pragma solidity >=0.8.0;
contract A { }
//// safe: one version
pragma solidity 0.8.37;
contract A { }
//// safe: a library
pragma solidity ^0.8.0;
library Math { function twice(uint256 value) internal pure returns (uint256) { return value * 2; } }
//// weak: nothing is said
pragma abicoder v2;
contract Open { uint256 public one = 1; }
