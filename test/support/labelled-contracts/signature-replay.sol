//// weak: nothing is used up
contract Faucet { address public signer = msg.sender; function claim(uint256 value, uint8 v, bytes32 r, bytes32 s) external { address from = ecrecover(keccak256(abi.encode(msg.sender, value)), v, r, s); require(from == signer && from != address(0)); payable(msg.sender).transfer(value); } }
//// weak: a nonce, but neither chain nor contract
contract Faucet { address public signer = msg.sender; mapping(uint256 => bool) public usedNonces; function claim(uint256 value, uint256 nonce, uint8 v, bytes32 r, bytes32 s) external { require(!usedNonces[nonce]); usedNonces[nonce] = true; address from = ecrecover(keccak256(abi.encode(msg.sender, value, nonce)), v, r, s); require(from == signer && from != address(0)); payable(msg.sender).transfer(value); } }
//// safe: a nonce, chain and contract
contract Faucet { address public signer = msg.sender; mapping(address => uint256) public nonces; function claim(uint256 value, uint8 v, bytes32 r, bytes32 s) external { address from = ecrecover(keccak256(abi.encode(block.chainid, address(this), msg.sender, value, nonces[msg.sender]++)), v, r, s); require(from == signer && from != address(0)); payable(msg.sender).transfer(value); } }
//// safe: only looks
contract Checker { function signerOf(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external pure returns (address) { return ecrecover(hash, v, r, s); } }
//// weak: the signature is read in a function of its own
contract Mint { address private signer = msg.sender; mapping(address => uint256) public held;
  function isSigned(bytes32 hash, uint8 v, bytes32 r, bytes32 s) public view returns (bool) { address from = ecrecover(hash, v, r, s); return from != address(0) && from == signer; }
  function mint(uint256 value, uint8 v, bytes32 r, bytes32 s) external { require(isSigned(keccak256(abi.encode(msg.sender, value)), v, r, s)); held[msg.sender] += value; } }
