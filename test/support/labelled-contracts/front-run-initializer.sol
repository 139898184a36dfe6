//// weak: the first takes it
contract Vault { address public owner; bool private ready; function initialize(address owner_) external { require(!ready); ready = true; owner = owner_; } }
//// weak: behind a modifier, the implementation left open
contract Vault { address public admin; bool private ready; modifier initializer() { require(!ready); ready = true; _; } function initialize(address admin_) external initializer { admin = admin_; } }
//// safe: closed in the constructor
contract Vault { address public owner; bool private initialized; constructor() { initialized = true; } function initialize(address owner_) external { require(!initialized); initialized = true; owner = owner_; } }
//// safe: only the deployer
contract Vault { address private immutable deployer = msg.sender; address public owner; bool private ready; function initialize(address owner_) external { require(msg.sender == deployer && !ready); ready = true; owner = owner_; } }
