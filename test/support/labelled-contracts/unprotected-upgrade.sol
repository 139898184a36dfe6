//// weak: an empty hook
abstract contract UUPS { function _authorizeUpgrade(address code) internal virtual; function upgradeToAndCall(address code, bytes memory data) public payable { _authorizeUpgrade(code); data; } }
contract Token is UUPS { address public owner = msg.sender; function _authorizeUpgrade(address code) internal override {} }
//// weak: a setter of the code
contract Proxy { address public owner = msg.sender; address public implementation; function upgradeTo(address code) external { implementation = code; }
  fallback() external payable { (bool done, ) = implementation.delegatecall(msg.data); require(done); } }
//// safe: a hook for the owner
abstract contract UUPS { function _authorizeUpgrade(address code) internal virtual; function upgradeToAndCall(address code, bytes memory data) public payable { _authorizeUpgrade(code); data; } }
contract Token is UUPS { address public owner = msg.sender; modifier onlyOwner() { require(msg.sender == owner); _; } function _authorizeUpgrade(address code) internal override onlyOwner {} }
//// safe: a setter for the admin
contract Proxy { address public admin = msg.sender; address public implementation; function upgradeTo(address code) external { if (msg.sender != admin) revert(); implementation = code; }
  fallback() external payable { (bool done, ) = implementation.delegatecall(msg.data); require(done); } }
