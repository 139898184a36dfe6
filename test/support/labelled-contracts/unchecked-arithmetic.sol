//// weak: unchecked
contract Token { mapping(address => uint256) public held; function move(address to, uint256 value) external { unchecked { held[msg.sender] -= value; held[to] += value; } } }
//// weak: before 0.8
pragma solidity ^0.6.0;
contract Token { mapping(address => uint256) public held; function move(address to, uint256 value) external { held[msg.sender] -= value; held[to] += value; } }
//// weak: a product, before 0.8
pragma solidity 0.7.6;
contract Sale { function cost(uint256 count, uint256 price) external pure returns (uint256) { return count * price; } }
//// safe: checked by the compiler
contract Token { mapping(address => uint256) public held; function move(address to, uint256 value) external { held[msg.sender] -= value; held[to] += value; } }
//// safe: only a counter
contract List { uint256[] public all; function sum() external view returns (uint256 total) { for (uint256 i = 0; i < all.length; ) { total = total + all[i]; unchecked { ++i; } } } }
//// safe: checked before
contract Token { mapping(address => uint256) public held; function burn(uint256 value) external { require(held[msg.sender] >= value); unchecked { held[msg.sender] = held[msg.sender] - value; } } }
//// weak: what is required can never be wrong
pragma solidity ^0.5.0;
contract Token { mapping(address => uint256) held; function move(address to, uint256 value) public { require(held[msg.sender] - value >= 0); held[msg.sender] -= value; held[to] += value; } }
//// safe: the sum is checked afterwards
pragma solidity ^0.5.0;
contract Sum { uint256 public all; function add(uint256 more) external { all = plus(all, more); } function plus(uint256 one, uint256 other) internal pure returns (uint256) { uint256 sum = one + other; require(sum >= one); return sum; } }
//// safe: the same amount went through a checked subtraction
contract Token { mapping(address => uint256) public held; function move(address to, uint256 value) external { held[msg.sender] -= value; unchecked { held[to] += value; } } }
