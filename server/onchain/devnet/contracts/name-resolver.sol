// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {NameRegistry} from "./name-registry.sol";

/// @title What a name stands for: an address (ERC-137), texts (ERC-634), and the name of an address (ERC-181).
contract NameResolver {
    NameRegistry public immutable registry;
    mapping(bytes32 node => address) private addresses;
    mapping(bytes32 node => string) private names;
    mapping(bytes32 node => mapping(string key => string)) private texts;

    event AddrChanged(bytes32 indexed node, address to);
    event NameChanged(bytes32 indexed node, string name);
    event TextChanged(bytes32 indexed node, string indexed indexedKey, string key, string value);

    error NotOwner(bytes32 node);

    constructor(NameRegistry registry_) {
        registry = registry_;
    }

    modifier onlyOwner(bytes32 node) {
        if (registry.owner(node) != msg.sender) revert NotOwner(node);
        _;
    }

    function setAddr(bytes32 node, address to) external onlyOwner(node) {
        addresses[node] = to;
        emit AddrChanged(node, to);
    }

    function setName(bytes32 node, string calldata name_) external onlyOwner(node) {
        names[node] = name_;
        emit NameChanged(node, name_);
    }

    function setText(bytes32 node, string calldata key, string calldata value) external onlyOwner(node) {
        texts[node][key] = value;
        emit TextChanged(node, key, key, value);
    }

    function addr(bytes32 node) external view returns (address) {
        return addresses[node];
    }

    function name(bytes32 node) external view returns (string memory) {
        return names[node];
    }

    function text(bytes32 node, string calldata key) external view returns (string memory) {
        return texts[node][key];
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == this.addr.selector || id == this.name.selector || id == this.text.selector;
    }
}
