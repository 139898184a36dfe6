//// weak: a list
contract Sum { function sum(uint256[] memory all) external pure returns (uint256 total) { for (uint256 i = 0; i < all.length; i++) total += all[i]; } }
//// weak: a text
contract Names { mapping(address => string) public names; function set(string memory name) external { names[msg.sender] = name; } }
//// safe: calldata
contract Sum { function sum(uint256[] calldata all) external pure returns (uint256 total) { for (uint256 i = 0; i < all.length; i++) total += all[i]; } }
//// safe: it is changed
contract Sum { function twice(uint256[] memory all) external pure returns (uint256[] memory) { for (uint256 i = 0; i < all.length; i++) all[i] *= 2; return all; } }
