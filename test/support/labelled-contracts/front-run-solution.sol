//// weak: the word itself is sent
contract Riddle { bytes32 private constant solution = keccak256("a"); receive() external payable {}
  function solve(string calldata word) external { require(keccak256(bytes(word)) == solution); payable(msg.sender).transfer(1 ether); } }
//// weak: paid in tokens
interface IERC20 { function transfer(address to, uint256 value) external returns (bool); }
contract Riddle { IERC20 private immutable token; bytes32 private solution; constructor(IERC20 prize) { token = prize; }
  function solve(bytes calldata word) external { if (sha256(word) != solution) revert(); require(token.transfer(msg.sender, 1)); } }
//// safe: the hash names who solved it
contract Riddle { mapping(bytes32 => bool) private open; receive() external payable {}
  function solve(string calldata word) external { require(keccak256(abi.encode(word, msg.sender)) == bytes32(uint256(1))); payable(msg.sender).transfer(1 ether); } }
//// safe: it was committed before
contract Riddle { mapping(address => bytes32) private promised; receive() external payable {}
  function solve(string calldata word) external { require(keccak256(bytes(word)) == promised[msg.sender]); delete promised[msg.sender]; payable(msg.sender).transfer(1 ether); } }
//// safe: nothing is paid
contract Riddle { bytes32 private solution; address public solver;
  function solve(string calldata word) external { require(keccak256(bytes(word)) == solution); solver = msg.sender; } }
