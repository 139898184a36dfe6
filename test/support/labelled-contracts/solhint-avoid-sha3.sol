//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { function hash(bytes what) public pure returns (bytes32) { return sha3(what); } }
//// safe: the same without it
contract A { function hash(bytes memory what) external pure returns (bytes32) { return keccak256(what); } }
