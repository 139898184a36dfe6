//// weak: as the rule has it
pragma solidity ^0.4.24;
contract A { address private owner = msg.sender; function end() public { require(msg.sender == owner); suicide(owner); } }
//// safe: the same without it
contract A { bool public ended; function suicides() external { ended = true; } }
