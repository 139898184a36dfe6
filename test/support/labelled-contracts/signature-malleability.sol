//// weak: the bytes are remembered
library ECDSA { function recover(bytes32 hash, bytes memory signature) internal pure returns (address) { signature; return address(uint160(uint256(hash))); } }
contract Claims { mapping(bytes => bool) public used; address public signer; function claim(bytes32 hash, bytes calldata signature) external { require(!used[signature]); used[signature] = true; require(ECDSA.recover(hash, signature) == signer); } }
//// weak: their hash is
contract Claims { mapping(bytes32 => bool) public used; address public signer; function claim(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { bytes32 key = keccak256(abi.encode(v, r, s)); require(!used[key]); used[key] = true; address from = ecrecover(hash, v, r, s); require(from == signer && from != address(0)); } }
//// safe: the message is remembered
contract Claims { mapping(bytes32 => bool) public used; address public signer; function claim(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { require(!used[hash]); used[hash] = true; address from = ecrecover(hash, v, r, s); require(from == signer && from != address(0)); } }
//// safe: a nonce
contract Claims { mapping(uint256 => bool) public used; address public signer; function claim(uint256 nonce, uint8 v, bytes32 r, bytes32 s) external { require(!used[nonce]); used[nonce] = true; address from = ecrecover(keccak256(abi.encode(nonce, address(this), block.chainid)), v, r, s); require(from == signer && from != address(0)); } }
