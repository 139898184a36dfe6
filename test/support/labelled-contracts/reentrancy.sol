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
