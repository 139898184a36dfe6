//// weak: by the token's balance
interface IERC20 { function balanceOf(address who) external view returns (uint256); function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Vault { IERC20 public token; uint256 public totalSupply; mapping(address => uint256) public shares; function deposit(uint256 value) external { uint256 held = token.balanceOf(address(this)); uint256 given = totalSupply == 0 ? value : value * totalSupply / held; shares[msg.sender] += given; totalSupply += given; require(token.transferFrom(msg.sender, address(this), value)); } }
//// weak: by its own function
contract Vault { uint256 public totalShares; mapping(address => uint256) public shares; function totalAssets() public view returns (uint256) { return address(this).balance; } function deposit() external payable { uint256 given; if (totalShares == 0) { given = msg.value; } else { given = msg.value * totalShares / totalAssets(); } shares[msg.sender] += given; totalShares += given; } }
//// safe: virtual shares
contract Vault { uint256 public totalShares; mapping(address => uint256) public shares; function totalAssets() public view returns (uint256) { return address(this).balance; } function deposit() external payable { uint256 given = msg.value * (totalShares + 1e3) / (totalAssets() + 1); shares[msg.sender] += given; totalShares += given; } }
//// safe: deposits are counted
contract Vault { uint256 public totalShares; uint256 public counted; mapping(address => uint256) public shares; function deposit() external payable { uint256 given = totalShares == 0 ? msg.value : msg.value * totalShares / counted; counted += msg.value; shares[msg.sender] += given; totalShares += given; } }
