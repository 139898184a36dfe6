//// weak: the time is left out
interface IFeed { function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80); }
contract Lender { IFeed public feed; function price() public view returns (int256) { (, int256 answer, , , ) = feed.latestRoundData(); return answer; } }
//// weak: the time is named and not looked at
interface IFeed { function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80); }
contract Lender { IFeed public feed; function price() public view returns (int256) { (, int256 answer, , uint256 updated, ) = feed.latestRoundData(); require(answer > 0); return answer; } }
//// weak: the old way
interface IFeed { function latestAnswer() external view returns (int256); }
contract Lender { IFeed public feed; function price() public view returns (int256) { return feed.latestAnswer(); } }
//// safe: checked
interface IFeed { function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80); }
contract Lender { IFeed public feed; function price() public view returns (int256) { (, int256 answer, , uint256 updated, ) = feed.latestRoundData(); require(answer > 0 && updated + 1 hours >= block.timestamp); return answer; } }
//// safe: handed on
interface IFeed { function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80); }
contract Reader { IFeed public feed; function read() public view returns (int256 answer, uint256 updated) { (, answer, , updated, ) = feed.latestRoundData(); } }
