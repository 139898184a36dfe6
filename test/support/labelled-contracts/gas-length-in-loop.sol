//// weak: a list in storage
contract List { uint256[] public all; function sum() external view returns (uint256 total) { for (uint256 i = 0; i < all.length; i++) total += all[i]; } }
//// weak: in a mapping
contract Lists { mapping(address => uint256[]) public all; function sum(address who) external view returns (uint256 total) { for (uint256 i = 0; i < all[who].length; i++) total += all[who][i]; } }
//// safe: read once
contract List { uint256[] public all; function sum() external view returns (uint256 total) { uint256 count = all.length; for (uint256 i = 0; i < count; i++) total += all[i]; } }
//// safe: it shrinks meanwhile
contract List { uint256[] public all; function clear() external { for (uint256 i = 0; i < all.length; ) { all.pop(); } } }
