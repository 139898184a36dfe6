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
//// safe: a pool's shares are worked out
contract Pool { uint256 public reserve; mapping(address => uint256) public shares; function mint(address to) external { uint256 given = address(this).balance - reserve; shares[to] += given; reserve = address(this).balance; } }
//// safe: it calls what is restricted
contract Names { mapping(bytes32 => address) public ownerOf; mapping(bytes32 => uint64) public ttl; modifier onlyOwner(bytes32 node) { require(ownerOf[node] == msg.sender); _; } function setOwner(bytes32 node, address to) public onlyOwner(node) { ownerOf[node] = to; } function setRecord(bytes32 node, address to, uint64 time) external { setOwner(node, to); ttl[node] = time; } }
//// safe: the modifier asks a function that answers who calls
contract Shop { address private keeper = msg.sender; uint256 public price; modifier onlyKeeper() { require(isKeeper()); _; } function isKeeper() public view returns (bool) { return msg.sender == keeper; }
  function setPrice(uint256 next) external onlyKeeper { price = next; } }
//// safe: the caller by another name
contract Delay { uint256 public delay; function updateDelay(uint256 next) external { address caller = msg.sender; if (caller != address(this)) revert(); delay = next; } }
//// safe: heirs say who may
abstract contract Setter { uint256 public level; function _canSet() internal view virtual returns (bool); function setLevel(uint256 next) external { if (!_canSet()) revert(); level = next; } }
//// weak: that the caller is paid asks nothing of them
interface IERC20 { function transfer(address to, uint256 value) external returns (bool); }
contract Shop { IERC20 private token; address public treasury; function setTreasury(address next) external { require(token.transfer(msg.sender, 1)); treasury = next; } }
