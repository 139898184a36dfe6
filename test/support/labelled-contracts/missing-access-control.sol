//// weak: the owner
contract Owned { address public owner = msg.sender; function setOwner(address to) external { owner = to; } }
//// weak: minting
contract Token { uint256 public totalSupply; mapping(address => uint256) public held; function mint(address to, uint256 value) external { totalSupply += value; held[to] += value; } }
//// weak: pausing
contract Pausable { bool public paused; function pause() external { paused = true; } }
//// safe: a modifier
contract Owned { address public owner = msg.sender; modifier onlyOwner() { require(msg.sender == owner); _; } function setOwner(address to) external onlyOwner { owner = to; } }
//// safe: about the caller
contract Profiles { mapping(address => string) public names; function setName(string calldata name) external { names[msg.sender] = name; } }
//// safe: a role
contract Token { mapping(address => bool) public minters; mapping(address => uint256) public held; function mint(address to, uint256 value) external { require(minters[msg.sender], "no"); held[to] += value; } }
//// safe: paid for
contract Sale { uint256 public sold; mapping(uint256 => address) public ownerOf; function mint() external payable { require(msg.value == 1 ether); ownerOf[sold++] = msg.sender; } }
//// safe: an internal check
contract Owned { address public owner = msg.sender; uint256 public fee; function setFee(uint256 value) external { _checkOwner(); fee = value; } function _checkOwner() internal view { if (msg.sender != owner) revert(); } }
