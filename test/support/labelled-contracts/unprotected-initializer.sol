//// weak: again and again
contract Vault { address public owner; function initialize(address owner_) external { owner = owner_; } }
//// weak: a check of the input only
contract Vault { address public admin; function init(address admin_) public { require(admin_ != address(0)); admin = admin_; } }
//// safe: once, by a flag
contract Vault { address public owner; bool private ready; function initialize(address owner_) external { require(!ready); ready = true; owner = owner_; } }
//// safe: once, by a modifier
contract Vault { address public owner; bool private ready; modifier initializer() { require(!ready); ready = true; _; } function initialize(address owner_) external initializer { owner = owner_; } }
//// safe: for the factory only
contract Pair { address public factory = msg.sender; address public token; function initialize(address token_) external { require(msg.sender == factory); token = token_; } }
