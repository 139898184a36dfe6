//// weak: a letter too few
pragma solidity ^0.4.24;
contract Missing { address public owner; function Mising() public { owner = msg.sender; } }
//// weak: function constructor
pragma solidity ^0.4.24;
contract Owned { address public owner; function Constructor() public { owner = msg.sender; } }
//// weak: the name in small letters
contract Wallet { address public owner; function wallet() public { owner = msg.sender; } }
//// safe: a constructor
contract Wallet { address public owner; constructor() { owner = msg.sender; } }
//// safe: another name
pragma solidity ^0.4.24;
contract Missing { address public owner; function Missing() public { owner = msg.sender; } function claim() public { require(msg.sender == owner); } }
//// safe: a function of the contract's subject
abstract contract Multicall { function multicall(bytes[] calldata data) external virtual returns (uint256) { return data.length; } }
