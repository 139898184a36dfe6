//// weak: as the rule has it
pragma solidity ^0.6.0;
contract A {}
//// safe: the same without it
contract A {}
