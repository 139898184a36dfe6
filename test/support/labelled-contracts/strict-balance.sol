//// weak: coins
contract Game { function won() external view returns (bool) { return address(this).balance == 7 ether; } }
//// weak: tokens
interface IERC20 { function balanceOf(address who) external view returns (uint256); }
contract Sale { IERC20 public token; bool public open; function start() external { require(token.balanceOf(address(this)) == 1000); open = true; } }
//// safe: at least
contract Game { function won() external view returns (bool) { return address(this).balance >= 7 ether; } }
//// safe: somebody else's
contract Gate { function isEmpty(address who) external view returns (bool) { return who.balance == 3; } }
//// weak: of another contract that was just made
contract Lock { constructor() payable {} }
contract Locks { function open() external payable { Lock made = (new Lock){value: msg.value}(); assert(address(made).balance == msg.value); } }
//// safe: a field of that name
contract Bank { struct Account { uint256 balance; } mapping(address => Account) private accounts; function isExact(uint256 value) external view returns (bool) { return accounts[msg.sender].balance == value; } }
//// weak: by another name
contract Game { uint256 public goal = 7 ether; address public winner; function play() external payable { uint256 sum = address(this).balance; if (sum == goal) winner = msg.sender; } }
