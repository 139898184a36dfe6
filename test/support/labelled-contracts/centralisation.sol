//// weak: mints without a limit
contract Token { address public owner = msg.sender; uint256 public totalSupply; mapping(address => uint256) public balances; modifier onlyOwner() { require(msg.sender == owner); _; } function mint(address to, uint256 value) external onlyOwner { totalSupply += value; balances[to] += value; } }
//// weak: takes all
contract Pot { address payable public owner = payable(msg.sender); receive() external payable {} function empty() external { require(msg.sender == owner); owner.transfer(address(this).balance); } }
//// safe: with a limit
contract Token { address public owner = msg.sender; uint256 public totalSupply; uint256 public constant MAX = 1e24; mapping(address => uint256) public balances; modifier onlyOwner() { require(msg.sender == owner); _; } function mint(address to, uint256 value) external onlyOwner { require(totalSupply + value <= MAX); totalSupply += value; balances[to] += value; } }
//// safe: only a fee
contract Fees { address public owner = msg.sender; uint256 public fee; event Changed(uint256 fee); function setFee(uint256 value) external { require(msg.sender == owner && value < 100); fee = value; emit Changed(value); } }
