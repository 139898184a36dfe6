//// weak: each round is credited
contract Shop { mapping(uint256 => address) public ownerOf; function buy(uint256[] calldata ids) external payable { for (uint256 i = 0; i < ids.length; i++) { require(msg.value >= 1 ether); ownerOf[ids[i]] = msg.sender; } } }
//// weak: with while
contract Bank { mapping(address => uint256) public held; function put(address[] calldata to) external payable { uint256 i = 0; while (i < to.length) { held[to[i]] += msg.value; i++; } } }
//// safe: once, before
contract Shop { mapping(uint256 => address) public ownerOf; function buy(uint256[] calldata ids) external payable { require(msg.value == ids.length * 1 ether); for (uint256 i = 0; i < ids.length; i++) ownerOf[ids[i]] = msg.sender; } }
//// safe: shared out
contract Split { mapping(address => uint256) public held; function put(address[] calldata to) external payable { for (uint256 i = 0; i < to.length; i++) held[to[i]] += msg.value / to.length; } }
