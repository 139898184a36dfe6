//// weak: the transfer has no lock
contract Bank { mapping(address => uint256) public held; bool private busy; modifier nonReentrant() { require(!busy); busy = true; _; busy = false; }
  function take() external nonReentrant { uint256 value = held[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] = 0; }
  function move(address to, uint256 value) external { require(held[msg.sender] >= value); held[msg.sender] -= value; held[to] += value; } }
//// weak: borrowing has no lock
contract Lender { mapping(address => uint256) public shares; uint256 private lockState; modifier lock() { require(lockState == 0); lockState = 1; _; lockState = 0; }
  function leave() external lock { uint256 value = shares[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); delete shares[msg.sender]; }
  function borrow(uint256 value) external { require(shares[msg.sender] > value); shares[msg.sender] -= value; payable(msg.sender).transfer(value); } }
//// safe: both have the lock
contract Bank { mapping(address => uint256) public held; bool private busy; modifier nonReentrant() { require(!busy); busy = true; _; busy = false; }
  function take() external nonReentrant { uint256 value = held[msg.sender]; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] = 0; }
  function move(address to, uint256 value) external nonReentrant { require(held[msg.sender] >= value); held[msg.sender] -= value; held[to] += value; } }
//// safe: the state is written before the call
contract Bank { mapping(address => uint256) public held; bool private busy; modifier nonReentrant() { require(!busy); busy = true; _; busy = false; }
  function take() external nonReentrant { uint256 value = held[msg.sender]; held[msg.sender] = 0; (bool sent, ) = msg.sender.call{value: value}(""); require(sent); }
  function move(address to, uint256 value) external { require(held[msg.sender] >= value); held[msg.sender] -= value; held[to] += value; } }
//// safe: the other one only adds
contract Bank { mapping(address => uint256) public held; bool private busy; modifier nonReentrant() { require(!busy); busy = true; _; busy = false; } function put() external payable { held[msg.sender] += msg.value; }
  function take(uint256 value) external nonReentrant { require(held[msg.sender] >= value); (bool sent, ) = msg.sender.call{value: value}(""); require(sent); held[msg.sender] -= value; } }
