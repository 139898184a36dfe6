//// weak: how much was sold
interface IMarket { function sell(uint256 value) external returns (uint256 got); }
contract Seller { IMarket public market; function go() external { market.sell(5); } }
//// weak: whether it was done
interface IGate { function open(address who) external returns (bool); }
contract House { function enter(IGate gate) external { gate.open(msg.sender); } }
//// safe: used
interface IMarket { function sell(uint256 value) external returns (uint256 got); }
contract Seller { IMarket public market; uint256 public total; function go() external { total += market.sell(5); } }
//// safe: answers nothing
interface IGate { function open(address who) external; }
contract House { function enter(IGate gate) external { gate.open(msg.sender); } }
