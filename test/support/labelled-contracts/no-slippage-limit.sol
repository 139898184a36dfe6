//// weak: at least zero
interface IRouter { function swapExactTokensForTokens(uint256 amount, uint256 least, address[] calldata path, address to, uint256 deadline) external returns (uint256[] memory); }
contract Seller { IRouter public router; function sell(uint256 amount, address[] calldata path, uint256 deadline) external { router.swapExactTokensForTokens(amount, 0, path, msg.sender, deadline); } }
//// weak: no deadline
interface IRouter { function swapExactTokensForTokens(uint256 amount, uint256 least, address[] calldata path, address to, uint256 deadline) external returns (uint256[] memory); }
contract Seller { IRouter public router; function sell(uint256 amount, uint256 least, address[] calldata path) external { router.swapExactTokensForTokens(amount, least, path, msg.sender, block.timestamp); } }
//// safe: both from the caller
interface IRouter { function swapExactTokensForTokens(uint256 amount, uint256 least, address[] calldata path, address to, uint256 deadline) external returns (uint256[] memory); }
contract Seller { IRouter public router; function sell(uint256 amount, uint256 least, address[] calldata path, uint256 deadline) external { router.swapExactTokensForTokens(amount, least, path, msg.sender, deadline); } }
//// safe: no swap
contract Other { uint256 public last; function swapped(uint256 a, uint256 b, uint256 c) public { last = a + b + c; } function go() external { swapped(0, 1, 2); } }
