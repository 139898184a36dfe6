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
//// weak: the block's values come by way of locals
contract Raffle { address[] private players; function close() external view returns (address) { uint256 seed = block.prevrandao; bytes32 hash = keccak256(abi.encode(seed, players.length)); return players[uint256(hash) % players.length]; } }
//// weak: even or odd
contract Bet { function play() external payable { bool won = (block.number % 2) == 0; if (won) { payable(msg.sender).transfer(msg.value); } } }
//// weak: who made the block
contract Raffle { address[] private players; function close() external view returns (address) { return players[uint160(address(block.coinbase)) % players.length]; } }
//// safe: rounded down to a whole period
contract Periods { uint256 public begun; function begin() external { begun = block.number - (block.number % 100); } }
//// weak: a guess is compared with it whole
contract Guess { constructor() payable {} function guess(uint256 number) external { uint256 answer = uint256(keccak256(abi.encode(blockhash(block.number - 1), block.timestamp))); if (number == answer) payable(msg.sender).transfer(1 ether); } }
