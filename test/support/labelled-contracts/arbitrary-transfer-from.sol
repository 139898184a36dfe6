//// weak: from a parameter
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Taker { IERC20 public token; function deposit(address from, uint256 value) external { require(token.transferFrom(from, address(this), value)); } }
//// weak: to anybody
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Mover { function move(IERC20 token, address from, address to, uint256 value) external { require(token.transferFrom(from, to, value)); } }
//// safe: from the caller
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Taker { IERC20 public token; function deposit(uint256 value) external { require(token.transferFrom(msg.sender, address(this), value)); } }
//// safe: a token's own
contract Token { mapping(address => uint256) public held; mapping(address => mapping(address => uint256)) public allowed; function transferFrom(address from, address to, uint256 value) external returns (bool) { allowed[from][msg.sender] -= value; held[from] -= value; held[to] += value; return true; } }
//// safe: for an operator
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Taker { IERC20 public token; address public operator = msg.sender; function collect(address from, uint256 value) external { require(msg.sender == operator); require(token.transferFrom(from, address(this), value)); } }
//// safe: the token's own rule, with a check before it
abstract contract Base { function transferFrom(address from, address to, uint256 value) public virtual returns (bool); }
abstract contract Paused is Base { bool public paused; function transferFrom(address from, address to, uint256 value) public virtual override returns (bool) { require(!paused); return super.transferFrom(from, to, value); } }
