//// weak: any slot
contract Raw { function put(bytes32 slot, bytes32 value) external { assembly { sstore(slot, value) } } }
//// weak: a list's length
pragma solidity ^0.5.0;
contract List { uint256[] public all; function shrink() external { all.length -= 1; } function put(uint256 at, uint256 value) external { all[at] = value; } }
//// safe: a fixed slot
contract Raw { function put(bytes32 value) external { assembly { sstore(0x1234, value) } } }
//// safe: the owner's
contract Raw { address public owner = msg.sender; function put(bytes32 slot, bytes32 value) external { require(msg.sender == owner); assembly { sstore(slot, value) } } }
//// weak: counted down below nought
pragma solidity ^0.5.0;
contract Codes { uint256[] private codes; function pop() public { require(0 <= codes.length); codes.length--; } function set(uint256 at, uint256 code) public { require(at < codes.length); codes[at] = code; } }
//// safe: only where there is one
pragma solidity ^0.5.0;
contract Codes { uint256[] private codes; function pop() public { require(codes.length > 0); codes.length--; } function set(uint256 at, uint256 code) public { require(at < codes.length); codes[at] = code; } }
//// safe: who calls is asked in assembly
contract Admins { function hand(address what, address next) external { assembly { if iszero(eq(sload(what), caller())) { revert(0, 0) } sstore(what, next) } } }
