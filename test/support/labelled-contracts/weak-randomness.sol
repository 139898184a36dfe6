//// weak: the block's hash
contract Lottery { address[] public players; function draw() external view returns (address) { return players[uint256(blockhash(block.number - 1)) % players.length]; } }
//// weak: hashed first
contract Dice { function roll() external view returns (uint256) { uint256 seed = uint256(keccak256(abi.encode(block.timestamp, block.prevrandao, msg.sender))); return seed % 6; } }
//// safe: a verified answer
contract Lottery { address[] public players; address public coordinator = msg.sender; address public winner; function fulfil(uint256 word) external { require(msg.sender == coordinator); winner = players[word % players.length]; } }
//// safe: a hash of a block for something else
contract Log { mapping(uint256 => bytes32) public hashes; function keep() external { hashes[block.number - 1] = blockhash(block.number - 1); } }
//// safe: an id made of time
contract Orders { mapping(bytes32 => address) public makers; function make(uint256 nonce) external { makers[keccak256(abi.encode(msg.sender, nonce, block.timestamp))] = msg.sender; } }
