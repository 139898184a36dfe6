//// weak: any code
contract Runner { function run(address code, bytes calldata data) external { (bool done, ) = code.delegatecall(data); require(done); } }
//// weak: through a struct
contract Runner { struct Job { address code; bytes data; } function run(Job calldata job) external { (bool done, ) = job.code.delegatecall(job.data); require(done); } }
//// safe: for the owner
contract Runner { address public owner = msg.sender; function run(address code, bytes calldata data) external { require(msg.sender == owner); (bool done, ) = code.delegatecall(data); require(done); } }
//// safe: to itself
contract Runner { function run(bytes[] calldata calls) external { for (uint256 i = 0; i < calls.length; i++) { (bool done, ) = address(this).delegatecall(calls[i]); require(done); } } }
//// safe: listed code
contract Runner { mapping(address => bool) public allowed; function run(address code, bytes calldata data) external { require(allowed[code]); (bool done, ) = code.delegatecall(data); require(done); } }
//// safe: required to fail, so nothing stays
pragma solidity ^0.4.24;
contract Try { function look(address to, bytes data) public { require(!to.delegatecall(data)); } }
