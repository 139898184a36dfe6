//// weak: coins
contract Game { function won() external view returns (bool) { return address(this).balance == 7 ether; } }
//// weak: tokens
interface IERC20 { function balanceOf(address who) external view returns (uint256); }
contract Sale { IERC20 public token; bool public open; function start() external { require(token.balanceOf(address(this)) == 1000); open = true; } }
//// safe: at least
contract Game { function won() external view returns (bool) { return address(this).balance >= 7 ether; } }
//// safe: somebody else's
contract Gate { function isEmpty(address who) external view returns (bool) { return who.balance == 3; } }
