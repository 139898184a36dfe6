//// weak: compared with what may not be set
contract Gate { address public signer; uint256 public opened; function open(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { address from = ecrecover(hash, v, r, s); require(from == signer); opened += 1; } }
//// weak: compared at once
contract Gate { mapping(uint256 => address) public owners; uint256 public opened; function open(uint256 id, bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { require(ecrecover(hash, v, r, s) == owners[id]); opened += 1; } }
//// safe: refused
contract Gate { address public signer; uint256 public opened; function open(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { address from = ecrecover(hash, v, r, s); require(from != address(0) && from == signer); opened += 1; } }
//// safe: refused by itself
contract Gate { address public signer; uint256 public opened; function open(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external { address from = ecrecover(hash, v, r, s); if (from == address(0)) revert(); require(from == signer); opened += 1; } }
//// safe: it only says where to look
contract Group { mapping(address => uint8) private places; function place(bytes32 hash, uint8 v, bytes32 r, bytes32 s) external view returns (uint8) { address signer = ecrecover(hash, v, r, s); require(places[signer] > 0); return 1; } }
//// safe: compared with an address made of a hash
contract Curve { function isPoint(bytes32 hash, uint8 v, bytes32 r, bytes32 s, uint256[2] memory point) external pure returns (bool) { address wanted = address(uint160(uint256(keccak256(abi.encodePacked(point))))); address made = ecrecover(hash, v, r, s); return made == wanted; } }
