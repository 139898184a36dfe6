//// weak: two texts
contract Names { mapping(bytes32 => address) public owners; function take(string calldata first, string calldata last) external { owners[keccak256(abi.encodePacked(first, last))] = msg.sender; } }
//// weak: two lists
contract Sets { function hash(address[] calldata one, address[] calldata other) external pure returns (bytes32) { return keccak256(abi.encodePacked(one, other)); } }
//// safe: encode
contract Names { mapping(bytes32 => address) public owners; function take(string calldata first, string calldata last) external { owners[keccak256(abi.encode(first, last))] = msg.sender; } }
//// safe: one of variable length
contract Names { function hash(string calldata name, uint256 id) external pure returns (bytes32) { return keccak256(abi.encodePacked(name, id)); } }
//// safe: put together for reading
contract Uris { function uri(string calldata base, string calldata id) external pure returns (string memory) { return string(abi.encodePacked(base, id)); } }
