//// weak: the allowance is overwritten
contract Coin { mapping(address => mapping(address => uint256)) public allowance;
  function approve(address spender, uint256 amount) external returns (bool) { allowance[msg.sender][spender] = amount; return true; } }
//// weak: also where the spender must not be nobody
contract Coin { mapping(address => mapping(address => uint256)) internal allowed; event Approval(address indexed from, address indexed to, uint256 much);
  function approve(address who, uint256 much) public returns (bool) { require(who != address(0)); allowed[msg.sender][who] = much; emit Approval(msg.sender, who, much); return true; } }
//// safe: it has to be nothing first
contract Coin { mapping(address => mapping(address => uint256)) public allowance;
  function approve(address spender, uint256 amount) external returns (bool) { require(amount == 0 || allowance[msg.sender][spender] == 0); allowance[msg.sender][spender] = amount; return true; } }
//// safe: it can be raised and lowered
contract Coin { mapping(address => mapping(address => uint256)) public allowance;
  function approve(address spender, uint256 amount) external returns (bool) { allowance[msg.sender][spender] = amount; return true; }
  function increaseAllowance(address spender, uint256 more) external { allowance[msg.sender][spender] += more; }
  function decreaseAllowance(address spender, uint256 less) external { allowance[msg.sender][spender] -= less; } }
//// safe: a right to one thing, not an allowance
contract Cards { mapping(uint256 => address) public allowed; mapping(uint256 => address) public ownerOf;
  function approve(address who, uint256 card) external { require(ownerOf[card] == msg.sender); allowed[card] = who; } }
