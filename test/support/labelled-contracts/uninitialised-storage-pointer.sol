//// weak: a struct
pragma solidity ^0.4.24;
contract Names { bool public unlocked; struct Record { bytes32 name; } mapping(bytes32 => Record) records; function register(bytes32 name) public { Record record; record.name = name; records[name] = record; } }
//// weak: a list
pragma solidity 0.4.25;
contract Lists { uint256 public first; function fill(uint256 value) public { uint256[] list; list.push(value); } }
//// safe: memory
pragma solidity ^0.4.24;
contract Names { bool public unlocked; struct Record { bytes32 name; } mapping(bytes32 => Record) records; function register(bytes32 name) public { Record memory record; record.name = name; records[name] = record; } }
//// safe: it points to something
contract Names { struct Record { bytes32 name; } mapping(bytes32 => Record) private records; function register(bytes32 name) public { Record storage record = records[name]; record.name = name; } }
