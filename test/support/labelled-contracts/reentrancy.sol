//// weak: a balance is lowered after the coins went
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take() external { uint256 value = held[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] = 0; } }
//// weak: the write is in an internal function
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take(uint256 value) external { require(held[msg.sender] >= value); _pay(value); _lower(value); }
  function _pay(uint256 value) internal { (bool sent, ) = payable(msg.sender).call{value: value}(""); require(sent); }
  function _lower(uint256 value) internal { held[msg.sender] -= value; } }
//// weak: through a storage pointer, with a hook of a token that the caller names
interface IHook { function onTake(uint256 value) external; }
contract Vault { struct Account { uint256 value; } mapping(address => Account) public accounts;
  function take(IHook hook) external { Account storage account = accounts[msg.sender]; uint256 value = account.value; require(value > 0); hook.onTake(value); account.value = 0; } }
//// safe: checks, effects, interactions
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take() external { uint256 value = held[msg.sender]; held[msg.sender] = 0; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); } }
//// safe: with a lock
contract Bank { mapping(address => uint256) public held; bool private busy; modifier nonReentrant() { require(!busy); busy = true; _; busy = false; }
  function put() external payable { held[msg.sender] += msg.value; }
  function take() external nonReentrant { uint256 value = held[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] = 0; } }
//// safe: the call and the write are in different branches
contract Bank { mapping(address => uint256) public held;
  function go(bool out) external payable { if (out) { uint256 value = held[msg.sender]; require(value == 0); (bool sent, ) = msg.sender.call{value: msg.value}(""); require(sent); } else { held[msg.sender] += msg.value; } } }
//// safe: transfer leaves too little gas
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take() external { uint256 value = held[msg.sender]; payable(msg.sender).transfer(value); held[msg.sender] = 0; } }
//// safe: a lock by another name
contract Pool { uint256 private stage; mapping(address => uint256) public held; modifier once() { if (stage == 2) revert(); stage = 2; _; stage = 1; }
  function put() external payable { held[msg.sender] += msg.value; }
  function take() external once { uint256 value = held[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] = 0; } }
//// weak: the call is in a modifier, between the check and the write
interface IShop { function isOpen() external returns (bool); }
contract Gift { mapping(address => uint256) public given; IShop private shop; modifier fresh() { require(given[msg.sender] == 0); _; } modifier open() { require(shop.isOpen()); _; }
  function take() external fresh open { given[msg.sender] = 20; } }
//// weak: what is read stands in the call itself
contract Bank { mapping(address => uint256) public held; function put() external payable { held[msg.sender] += msg.value; }
  function take() external { (bool sent, ) = msg.sender.call{value: held[msg.sender]}(""); require(sent); held[msg.sender] = 0; } }
//// weak: a pointer of old code, by var
pragma solidity ^0.4.24;
contract Bank { struct Account { uint256 value; } mapping(address => Account) accounts;
  function take(uint256 value) public { var account = accounts[msg.sender]; if (account.value >= value && msg.sender.call.value(value)()) account.value -= value; } }
//// safe: the modifier that calls comes first
interface IShop { function isOpen() external returns (bool); }
contract Gift { mapping(address => uint256) public given; IShop private shop; modifier fresh() { require(given[msg.sender] == 0); _; } modifier open() { require(shop.isOpen()); _; }
  function take() external open fresh { given[msg.sender] = 20; } }
//// safe: what was there before is put back
contract Runner { bytes32 private running; function run(address to, bytes calldata data) external { bytes32 before = running; running = keccak256(data); (bool done, ) = to.call(data); require(done); running = before; } }
//// safe: the token is fixed, its address behind a function
library Safe { function safeTransferFrom(IERC20 token, address from, address to, uint256 value) internal { require(token.transferFrom(from, to, value)); } }
interface IERC20 { function transferFrom(address from, address to, uint256 value) external returns (bool); }
contract Shares { IERC20 private immutable underlying; uint256 public all; constructor(IERC20 token) { underlying = token; } function asset() public view returns (address) { return address(underlying); }
  function put(uint256 value) external { require(all + value < 1e30); Safe.safeTransferFrom(IERC20(asset()), msg.sender, address(this), value); all += value; } }
//// safe: what is called only reads, as its base says
interface IClock { function now48() external view returns (uint48); }
interface ITimedToken is IClock { function burn(uint256 value) external; }
contract Votes { ITimedToken private token; mapping(address => uint256) public seen; function look() external { require(seen[msg.sender] == 0); seen[msg.sender] = token.now48(); } }
