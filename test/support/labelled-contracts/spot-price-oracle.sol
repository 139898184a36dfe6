//// weak: reserves
interface IPair { function getReserves() external view returns (uint112, uint112, uint32); }
contract Lender { IPair public pair; function price() public view returns (uint256) { (uint112 one, uint112 other, ) = pair.getReserves(); return (uint256(other) * 1e18) / one; } }
//// weak: what a pool holds
interface IERC20 { function balanceOf(address who) external view returns (uint256); }
contract Lender { IERC20 public token; IERC20 public dollar; address public pool; function valueOf(uint256 amount) public view returns (uint256) { return amount * dollar.balanceOf(pool) / token.balanceOf(pool); } }
//// weak: what the pool itself holds
interface IERC20 { function balanceOf(address who) external view returns (uint256); }
contract Pool { IERC20 public gold; IERC20 public dollar; function priceOfGold() external view returns (uint256) { return dollar.balanceOf(address(this)) * 1e18 / gold.balanceOf(address(this)); } }
//// safe: how much of one token the shares are worth is no price of another
interface IERC20 { function balanceOf(address who) external view returns (uint256); }
contract Vault { IERC20 public gold; uint256 public shares; function rate() external view returns (uint256) { return shares == 0 ? 1e18 : gold.balanceOf(address(this)) * 1e18 / shares; } }
//// safe: a feed
interface IFeed { function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80); }
contract Lender { IFeed public feed; function price() public view returns (int256) { (, int256 answer, , uint256 updated, ) = feed.latestRoundData(); require(updated + 1 hours > block.timestamp); return answer; } }
//// safe: the pair itself
contract Pair { uint112 private one; uint112 private other; function getReserves() public view returns (uint112, uint112) { return (one, other); } function price() external view returns (uint256) { (uint112 a, uint112 b) = this.getReserves(); return uint256(b) * 1e18 / a; } }
//// safe: an average over time
interface IPair { function getReserves() external view returns (uint112, uint112, uint32); }
contract Oracle { IPair public pair; uint256 public sum; uint32 public last; function update() external { (uint112 one, uint112 other, uint32 at) = pair.getReserves(); sum += uint256(other) / one * (at - last); last = at; } }
